/// Terminal types that the program carries with it, for terminals whose own type is missing or
/// says less than they can.
///
/// Debian's base terminfo has no type with direct colours, and none for kitty, foot, alacritty and
/// others. ncurses reads these from the `TERMINFO` variable. Made by `tic -x` and `infocmp -x -Q2`
/// from the source below: only what every terminal that follows xterm does in the same way; no
/// `bce` and no `rep`, which some of them do not. Without `smam` the last cell stays empty.
///
/// ```
/// aura-direct|24-bit colours on any terminal that follows xterm,
///     am, mir, msgr, xenl, RGB,
///     colors#0x1000000, cols#80, it#8, lines#24, pairs#0x10000,
///     bel=^G, bold=\E[1m, civis=\E[?25l, clear=\E[H\E[2J, cnorm=\E[?25h, cr=\r,
///     cub=\E[%p1%dD, cub1=^H, cud=\E[%p1%dB, cud1=\n, cuf=\E[%p1%dC, cuf1=\E[C,
///     cup=\E[%i%p1%d;%p2%dH, cuu=\E[%p1%dA, cuu1=\E[A,
///     ech=\E[%p1%dX, ed=\E[J, el=\E[K, el1=\E[1K, home=\E[H, hpa=\E[%i%p1%dG,
///     ind=\n, nel=\EE, op=\E[39;49m, rc=\E8, rev=\E[7m, ri=\EM, rmam=\E[?7l, rmcup=\E[?1049l, rmso=\E[27m, rmul=\E[24m,
///     sc=\E7, vpa=\E[%i%p1%dd,
///     setab=\E[48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,
///     setaf=\E[38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,
///     sgr=\E[0%?%p6%t;1%;%?%p2%t;4%;%?%p1%p3%|%t;7%;m,
///     sgr0=\E[m, smam=\E[?7h, smcup=\E[?1049h, smso=\E[7m, smul=\E[4m,
/// ```
/// `indexed` differs by `colors#256`, `setab=\E[48;5;%p1%dm`, `setaf=\E[38;5;%p1%dm` and lacks `RGB`.
enum CarriedTerminfo: String {
  /// 24-bit colours.
  case direct = "aura-direct"
  /// xterm's 256.
  case indexed = "aura-256"

  /// The value that `TERMINFO` takes while ncurses looks the type up.
  var variable: String {
    switch self {
    case .direct: Self.directEntry
    case .indexed: Self.indexedEntry
    }
  }

  private static let directEntry = """
    b64:HgI-AA8ADwBpAYcBYXVyYS1kaXJlY3R8MjQtYml0IGNvbG91cnMgb24gYW55IHRlcm1pbmFsIHRoYXQgZm9s\
    bG93cyB4dGVybQAAAQAAAQAAAAAAAAAAAQEAUAAAAAgAAAAYAAAA____________________________________\
    _________________wAAAAEAAAEA__8AAAIA_____wQADAAQABQA__8fADAAMgA2AD0A__8_AEYA__9KAP______\
    ____________TgBTAP____________9cAGEAZgBrAP__dAB4AP____-BAIcA____________________________\
    ________________________________________________________________________________________\
    ______________________________________-NAP_______5AA________mQCiAP__qwD_________________\
    ____________tAC3AMIAxQDHAMoA___________________________________________________1APsA____\
    ________________________________________________________________________________________\
    ________________________________________________________________________________________\
    ________________________________________________________________________________________\
    _________________________________________wEB____________________________________________\
    ____________________________BgH_________________________________________________________\
    ________________________________________________________________________________________\
    _________________w8BSwEHAA0AG1tIG1sySgAbW0sAG1tKABtbJWklcDElZEcAG1slaSVwMSVkOyVwMiVkSAAK\
    ABtbSAAbWz8yNWwACAAbWz8yNWgAG1tDABtbQQAbWzFtABtbPzEwNDloABtbN20AG1s3bQAbWzRtABtbJXAxJWRY\
    ABtbbQAbWz8xMDQ5bAAbWzI3bQAbWzI0bQAbRQAbWyVwMSVkQgAbWyVwMSVkRAAbWyVwMSVkQwAbWyVwMSVkQQAb\
    OAAbWyVpJXAxJWRkABs3AAoAG00AG1swJT8lcDYldDsxJTslPyVwMiV0OzQlOyU_JXAxJXAzJXwldDs3JTttABtb\
    PzdoABtbPzdsABtbMUsAG1szOTs0OW0AG1szODsyOyVwMSV7NjU1MzZ9JS8lZDslcDElezI1Nn0lLyV7MjU1fSUm\
    JWQ7JXAxJXsyNTV9JSYlZG0AG1s0ODsyOyVwMSV7NjU1MzZ9JS8lZDslcDElezI1Nn0lLyV7MjU1fSUmJWQ7JXAx\
    JXsyNTV9JSYlZG0AAAEAAAAAAAEABAABAAAAUkdCAA==
    """

  private static let indexedEntry = """
    b64:HgI4AA8ADwBpASsBYXVyYS0yNTZ8MjU2IGNvbG91cnMgb24gYW55IHRlcm1pbmFsIHRoYXQgZm9sbG93cyB4\
    dGVybQAAAQAAAQAAAAAAAAAAAQEAUAAAAAgAAAAYAAAA____________________________________________\
    _________wABAAAAAAEA__8AAAIA_____wQADAAQABQA__8fADAAMgA2AD0A__8_AEYA__9KAP______________\
    ____TgBTAP____________9cAGEAZgBrAP__dAB4AP____-BAIcA____________________________________\
    ________________________________________________________________________________________\
    ______________________________-NAP_______5AA________mQCiAP__qwD_________________________\
    ____tAC3AMIAxQDHAMoA___________________________________________________1APsA____________\
    ________________________________________________________________________________________\
    ________________________________________________________________________________________\
    ________________________________________________________________________________________\
    _________________________________wEB____________________________________________________\
    ____________________BgH_________________________________________________________________\
    ________________________________________________________________________________________\
    _________w8BHQEHAA0AG1tIG1sySgAbW0sAG1tKABtbJWklcDElZEcAG1slaSVwMSVkOyVwMiVkSAAKABtbSAAb\
    Wz8yNWwACAAbWz8yNWgAG1tDABtbQQAbWzFtABtbPzEwNDloABtbN20AG1s3bQAbWzRtABtbJXAxJWRYABtbbQAb\
    Wz8xMDQ5bAAbWzI3bQAbWzI0bQAbRQAbWyVwMSVkQgAbWyVwMSVkRAAbWyVwMSVkQwAbWyVwMSVkQQAbOAAbWyVp\
    JXAxJWRkABs3AAoAG00AG1swJT8lcDYldDsxJTslPyVwMiV0OzQlOyU_JXAxJXAzJXwldDs3JTttABtbPzdoABtb\
    PzdsABtbMUsAG1szOTs0OW0AG1szODs1OyVwMSVkbQAbWzQ4OzU7JXAxJWRtAA==
    """
}
