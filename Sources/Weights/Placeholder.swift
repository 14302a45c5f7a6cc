/// Replaced by the first real type.
enum WeightsPlaceholder {}
