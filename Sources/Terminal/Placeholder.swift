/// Replaced by the first real type.
enum TerminalPlaceholder {}
