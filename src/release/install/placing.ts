/** Of `install.sh`: bringing files that were checked into their places, and taking older ones away. */
export const placing = `# Whether a folder holds programs alone, and no folder.
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

`;
