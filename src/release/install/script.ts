/**
 * What `install.sh` does, in POSIX shell. It begins with the last line, so that a download that breaks off does nothing;
 * `name`, `newest` and `from` are set before it.
 */
export const installerScript = String.raw`
usage() {
  cat <<END
install.sh [options] [TAG]   installs $name, $newest if no TAG is given

  --prefix FOLDER      instead of /usr/local for root, and ~/.local for others
  --to FOLDER          put all files into this folder, as they were published
  --platform OS/ARCH   instead of this machine's
  --from URL           instead of $from
  -h, --help

Programs go to PREFIX/bin. Where other files belong to them, all go to PREFIX/lib, and bin gets links.
END
}

die() {
  echo "install.sh: $*" >&2
  exit 1
}

has() {
  command -v "$1" >/dev/null 2>&1
}

# download URL FILE
download() {
  if has curl; then
    case $1 in
      https:*) curl -fsSL --proto =https --retry 3 -o "$2" "$1" ;;
      *) curl -fsSL --retry 3 -o "$2" "$1" ;;
    esac
  elif has wget; then
    wget -q -O "$2" "$1"
  else
    die "curl or wget is needed"
  fi
}

# The digest of a file in hex.
sha256() {
  if has sha256sum; then
    sha256sum <"$1" | cut -c1-64
  elif has shasum; then
    shasum -a 256 <"$1" | cut -c1-64
  elif has openssl; then
    openssl dgst -sha256 -r <"$1" | cut -c1-64
  else
    die "sha256sum, shasum or openssl is needed to check what is downloaded"
  fi
}

# A path as a part of a URL.
encode() {
  case $1 in
    *[!A-Za-z0-9._/-]*) printf %s "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g; s|%2f|/|g' ;;
    *) printf %s "$1" ;;
  esac
}

# The folders of programs that run on this machine, best first.
platforms() {
  os=$(uname -s | tr '[:upper:]' '[:lower:]')
  machine=$(uname -m)
  case $os in
    mingw* | msys* | cygwin*) os=windows ;;
    sunos) os=solaris ;;
  esac
  # A shell under Rosetta takes the machine for an Intel.
  if [ "$os" = darwin ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" = 1 ]; then machine=arm64; fi
  # A system of 32 bits may have a kernel of 64.
  if [ "$os" = linux ] && [ "$(getconf LONG_BIT 2>/dev/null)" = 32 ]; then
    case $machine in
      x86_64) machine=i686 ;;
      aarch64) machine=armv7l ;;
    esac
  fi
  case $machine in
    x86_64 | amd64) echo "$os/amd64" ;;
    aarch64 | arm64)
      echo "$os/arm64/v8 $os/arm64"
      case $os in darwin | windows) echo "$os/amd64" ;; esac
      ;;
    armv7* | armv8*) echo "$os/arm/v7 $os/arm/v6 $os/arm/v5 $os/arm" ;;
    armv6*) echo "$os/arm/v6 $os/arm/v5 $os/arm" ;;
    arm*) echo "$os/arm/v5 $os/arm" ;;
    i?86) echo "$os/386" ;;
    loongarch64) echo "$os/loong64" ;;
    *) echo "$os/$machine" ;;
  esac
}

# files PLATFORM: its lines of SHA256SUMS, without those of its variants.
files() {
  case $1 in
    */arm | */arm64 | */amd64) sed -n "s|^\([0-9a-f]*\)  $1/|\1 |p" "$work/SHA256SUMS" | sed '/^[0-9a-f]* v[0-9]\//d' ;;
    *) sed -n "s|^\([0-9a-f]*\)  $1/|\1 |p" "$work/SHA256SUMS" ;;
  esac
}

# Whether a file is there to be run, which its first bytes say.
is_program() {
  case $1 in
    *.exe) return 0 ;;
    *.so | *.so.* | *.dylib | *.dll | *.o | *.a) return 1 ;;
  esac
  case $(dd if="$1" bs=4 count=1 2>/dev/null | od -An -v -tx1 | tr -d ' \n') in
    23215b*) return 1 ;;
    2321* | 7f454c46 | feedfac[ef] | c[ef]faedfe | cafebabe) return 0 ;;
    *) return 1 ;;
  esac
}

# The programs in a folder that people call: those in it and in its bin.
programs() {
  for file in "$1"/* "$1"/bin/*; do
    if [ -f "$file" ] && is_program "$file"; then echo "$file"; fi
  done
}

# Whether a folder holds programs alone, and no folder.
has_programs_alone() {
  for file in "$1"/* "$1"/.[!.]*; do
    if [ -d "$file" ]; then return 1; fi
    if [ -f "$file" ] && ! is_program "$file"; then return 1; fi
  done
}

# put FILE PLACE: in one step, whatever runs there.
put() {
  if [ -d "$2" ]; then die "$2 is a folder"; fi
  mkdir -p "$(dirname "$2")"
  half=$2.$$
  cp -p "$1" "$2.$$"
  mv -f "$2.$$" "$2"
  half=$work
}

# put_all FOLDER PLACE: each file of a folder, below the place.
put_all() {
  (cd "$1" && find . -type f) >"$work/all"
  while IFS= read -r path; do put "$1/$path" "$2/$path"; done <"$work/all"
}

# put_whole FOLDER PLACE: the folder in the place of the one that an earlier run put there, which has a mark.
put_whole() {
  if [ -e "$2" ] && [ ! -f "$2/.installed-by-install.sh" ]; then
    die "$2 is there, and no earlier run has made it: move it, or name another --prefix"
  fi
  mkdir -p "$(dirname "$2")"
  half=$2.$$
  rm -rf "$2.$$"
  cp -Rp "$1" "$2.$$"
  : >"$2.$$/.installed-by-install.sh"
  whole=$2
  if [ -e "$2" ]; then mv "$2" "$2.$$.old"; fi
  mv "$2.$$" "$2"
  half=$work whole=''
  rm -rf "$2.$$.old"
}

# Runs at the end, whatever ends it: a folder that was taken out of its place, and has got no other, is put back.
clean() {
  if [ -n "$whole" ] && [ -e "$half.old" ] && [ ! -e "$whole" ]; then mv "$half.old" "$whole"; fi
  rm -rf "$work" "$half"
}

# remove_old FOLDER HOME: links in a folder to programs that HOME lacks by now.
remove_old() {
  has readlink || return 0
  for file in "$1"/*; do
    if [ ! -L "$file" ] || [ -e "$file" ]; then continue; fi
    case $(readlink "$file") in "$2"/*) rm -f "$file" ;; esac
  done
}

# link PROGRAM PLACE
link() {
  if [ -d "$2" ]; then die "$2 is a folder"; fi
  half=$2.$$
  ln -s "$1" "$2.$$"
  mv -f "$2.$$" "$2"
  half=$work
}

# Downloads the files of the platform into the folder "tree", and checks each.
download_all() {
  while IFS=' ' read -r digest path; do
    case /$path/ in *//* | */./* | */../*) die "refused as a path: $path" ;; esac
    mkdir -p "$work/tree/$(dirname "$path")"
    url=$from/$tag/$(encode "$platform/$path")
    download "$url" "$work/tree/$path" || die "$url cannot be downloaded"
    if [ "$(sha256 "$work/tree/$path")" != "$digest" ]; then die "$url is not what SHA256SUMS says; nothing was installed"; fi
    if is_program "$work/tree/$path"; then chmod 755 "$work/tree/$path"; else chmod 644 "$work/tree/$path"; fi
  done <"$work/files"
}

install_all() {
  if [ -n "$to" ]; then
    put_all "$work/tree" "$to"
    echo "$name $tag ($platform) is in $to"
    return
  fi
  if [ -z "$prefix" ]; then
    if [ "$(id -u)" = 0 ]; then prefix=/usr/local; else prefix=$HOME/.local; fi
  fi
  mkdir -p "$prefix/bin"
  prefix=$(CDPATH='' cd "$prefix" && pwd)
  home=$prefix/lib/$(echo "$name" | tr / -)
  programs "$work/tree" >"$work/programs"
  if [ ! -s "$work/programs" ]; then die "$name $tag has no programs for $platform: name a folder with --to"; fi
  if ! has_programs_alone "$work/tree"; then
    put_whole "$work/tree" "$home"
  elif [ -f "$home/.installed-by-install.sh" ]; then
    rm -rf "$home"
  fi
  while IFS= read -r program; do
    place=$prefix/bin/$(basename "$program")
    if has_programs_alone "$work/tree"; then
      put "$program" "$place"
    else
      link "$home/$(echo "$program" | cut -c"$(($(printf %s "$work/tree/" | wc -c) + 1))"-)" "$place"
    fi
    echo "$name $tag ($platform): $place"
  done <"$work/programs"
  remove_old "$prefix/bin" "$home"
  case :$PATH: in
    *":$prefix/bin:"*) ;;
    *) echo "$prefix/bin is not in PATH" ;;
  esac
}

main() {
  set -eu
  umask 022
  to='' prefix='' tag=$newest platform=''
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help)
        usage
        exit
        ;;
      --to | --prefix | --from | --platform)
        if [ $# -lt 2 ] || [ -z "$2" ]; then die "$1 needs a value"; fi
        case $1 in
          --to) to=$2 ;;
          --prefix) prefix=$2 ;;
          --from) from=$(echo "$2" | sed 's|/*$||') ;;
          --platform) platform=$2 ;;
        esac
        shift
        ;;
      -*) die "there is no option $1; see --help" ;;
      *) tag=$1 ;;
    esac
    shift
  done
  case $tag in '' | [.-]* | *[!A-Za-z0-9._-]*) die "\"$tag\" is no tag" ;; esac
  case $platform in *[!A-Za-z0-9_/-]*) die "\"$platform\" is no platform" ;; esac

  sha256 /dev/null >/dev/null
  work=$(mktemp -d)
  # What was being put into its place when the run ended.
  half=$work whole=''
  trap clean EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  download "$from/$tag/SHA256SUMS" "$work/SHA256SUMS" || die "there is no $tag of $name at $from, or it cannot be reached"

  wanted=$platform
  if [ -z "$wanted" ]; then wanted=$(platforms); fi
  for platform in $wanted; do
    files "$platform" >"$work/files"
    if [ -s "$work/files" ]; then break; fi
  done
  if [ ! -s "$work/files" ]; then
    there=$(sed -n 's|^[0-9a-f]*  \([^/]*/[^/]*\)/.*|\1|p' "$work/SHA256SUMS" | sort -u | tr '\n' ' ')
    die "$name $tag has nothing for $(echo $wanted); it is there for: $there"
  fi
  # What coreutils escape has a backslash or a line break in its name.
  if grep -q "^\\\\[0-9a-f]*  $platform/" "$work/SHA256SUMS"; then
    die "$name $tag has names with backslashes, which this script does not install"
  fi
  mkdir "$work/tree"
  download_all
  install_all
}

main "$@"
`;
