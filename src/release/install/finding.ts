/** Of `install.sh`: what it is told, which files are for its machine, and fetching them. */
export const finding = String.raw`
usage() {
  cat <<END
install.sh [options] [TAG]   installs $name$(if [ -n "$newest" ]; then echo ", $newest if no TAG is given"; fi)

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

# download URL FILE: where that fails, "answer" is the status that the server answered, or empty where none came.
download() {
  if has curl; then
    protocols=all
    case $1 in https:*) protocols='=https' ;; esac
    answer=$(curl -fsSL --proto "$protocols" --retry 3 -w '%{http_code}' -o "$2" "$1") && return
    case $answer in [45]??) ;; *) answer='' ;; esac
  elif has wget; then
    quiet=-q
    if wget --version 2>/dev/null | grep -q GNU; then quiet=-nv; fi
    told=$(wget "$quiet" -O "$2" "$1" 2>&1) && return
    echo "$told" >&2
    answer=$(echo "$told" | sed -n -e 's/.*ERROR \([45][0-9][0-9]\).*/\1/p' -e 's|.*HTTP/[0-9.]* \([45][0-9][0-9]\).*|\1|p' | tail -n 1)
  else
    die "curl or wget is needed"
  fi
  return 1
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

`;
