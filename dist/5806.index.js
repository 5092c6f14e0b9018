export const id=5806;export const ids=[5806];export const modules={39186:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{rI:()=>aboutOf,vH:()=>notesFor,yv:()=>withAbout});var valibot__WEBPACK_IMPORTED_MODULE_1__=__webpack_require__(77934);var _errors_js__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(27406);const text=valibot__WEBPACK_IMPORTED_MODULE_1__.yqP(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP());const schema=valibot__WEBPACK_IMPORTED_MODULE_1__.Ikc({created:text,notes:text,source:text});const mostNotes=64*1024;function aboutOf(manifest){const found=valibot__WEBPACK_IMPORTED_MODULE_1__.xLC(schema,manifest.about);return found.success?found.output:{}}function notesFor(tag,changelog,origin){const versionIn=line=>/^##? *\[?v?(\d+\.\d[^\s\]]*)/i.exec(line)?.[1];const lines=changelog.replaceAll(`\r
`,`
`).split(`
`);const wanted=tag.replace(/^v(?=\d)/i,``);const begin=lines.findIndex(line=>versionIn(line)===wanted);const isChangelog=line=>versionIn(line)!==undefined||/^##? *\[?unreleased\b/i.test(line);if(begin<0&&lines.some(isChangelog)){throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__.x6(`source`,`${origin} is a changelog, and has no heading for ${tag}: expected "## ${wanted}"; write one, or give the notes of this release alone`)}const rest=lines.slice(begin+1);const depth=/^#+/.exec(lines[begin]??``)?.[0].length??0;const end=rest.findIndex(line=>(/^#+(?= )/.exec(line)?.[0].length??9)<=depth);const notes=(begin<0?lines:rest.slice(0,end<0?undefined:end)).join(`
`).trim();if(notes===``)throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__.x6(`source`,`${origin} says nothing of ${tag}: write what is new in it`);if(notes.length<=mostNotes)return notes;throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__.x6(`source`,`${origin} says too much of ${tag}: ${mostNotes} characters are the most`)}function withAbout(manifest,published,told,hasOtherFiles){const{about:_,...rest}=manifest;const before=published&&!hasOtherFiles?aboutOf(published):{};if(!told)return published?.about===undefined||!hasOtherFiles?manifest:rest;const{notes,source}=told;const created=before.created??told.created;return{...rest,about:{...created&&{created},...notes&&{notes},...source&&{source}}}}}),88875:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{Ar:()=>checksumsIn,Uw:()=>checksumsOf,ss:()=>formatChecksums,uw:()=>checksumsName});var _oci_compare_js__WEBPACK_IMPORTED_MODULE_3__=__webpack_require__(62036);var _oci_digest_js__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(6559);var _source_tree_file_js__WEBPACK_IMPORTED_MODULE_1__=__webpack_require__(46760);var _documents_js__WEBPACK_IMPORTED_MODULE_2__=__webpack_require__(90421);const checksumsName=`SHA256SUMS`;function checksumsOf(files){return formatChecksums(files.map(file=>({path:(0,_source_tree_file_js__WEBPACK_IMPORTED_MODULE_1__.XM)(file),digest:file.digest})))}function checksumsIn(manifest){const files=(0,_documents_js__WEBPACK_IMPORTED_MODULE_2__.nG)(manifest).flatMap(({path,digest})=>digest?[{path,digest}]:[]);return files.length===(0,_documents_js__WEBPACK_IMPORTED_MODULE_2__.nG)(manifest).length?formatChecksums(files):undefined}function formatChecksums(files){const lines=[...files].sort((a,b)=>(0,_oci_compare_js__WEBPACK_IMPORTED_MODULE_3__.n)(a.path,b.path)).map(({path,digest})=>{const escaped=path.replaceAll(`\\`,`\\\\`);return`${escaped===path?``:`\\`}${(0,_oci_digest_js__WEBPACK_IMPORTED_MODULE_0__.ZD)(digest)}  ${escaped}\n`});return Buffer.from(lines.join(``))}}),73477:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{A2:()=>formatInstaller,c6:()=>installLine,GE:()=>parseInstaller});var command=__webpack_require__(4738);;const finding=String.raw`
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

`;;const placing=`# Whether a folder holds programs alone, and no folder.
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

`;;const installerScript=String.raw`${finding}${placing}main() {
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
  if [ -z "$tag" ]; then die "$name has no release at $from by now"; fi
  case $tag in [.-]* | *[!A-Za-z0-9._-]*) die "\"$tag\" is no tag" ;; esac
  case $platform in *[!A-Za-z0-9_/-]*) die "\"$platform\" is no platform" ;; esac

  sha256 /dev/null >/dev/null
  work=$(mktemp -d)
  # What was being put into its place when the run ended.
  half=$work whole=''
  trap clean EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  download "$from/$tag/SHA256SUMS" "$work/SHA256SUMS" || case $answer in
    404 | 410) die "there is no $tag of $name at $from" ;;
    '') die "$from cannot be reached" ;;
    *) die "$from answered $answer for $tag of $name" ;;
  esac

  wanted=$platform
  if [ -z "$wanted" ]; then wanted=$(platforms); fi
  for platform in $wanted; do
    files "$platform" >"$work/files"
    if [ -s "$work/files" ]; then break; fi
  done
  if [ ! -s "$work/files" ]; then
    there=$(sed -n 's|^[0-9a-f]*  \([^/]*/[^/]*\)/.*|\1|p' "$work/SHA256SUMS" | sort -u | tr '\n' ' ')
    die "$name $tag has nothing for $(echo $wanted); it is there for: $(echo $there)"
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
`;;const generator=`# generated by alba for `;function formatInstaller({name,newest,folderUrl}){return Buffer.from(`#!/bin/sh
# Installs ${name}: ${installLine(folderUrl)}
${generator}${folderUrl}

name=${(0,command.r)(name)}
newest=${(0,command.r)(newest??``)}
from=${(0,command.r)(folderUrl)}
${installerScript}`)}function parseInstaller(bytes){const told=bytes.toString(`utf8`).split(`
`,3)[2]??``;return told.startsWith(generator)?{folderUrl:told.slice(generator.length)}:undefined}function installLine(folderUrl){return`curl -fsSL ${(0,command.r)(`${folderUrl}/install.sh`)} | sh`}}),4738:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{R:()=>curlLine,r:()=>shellWord});function curlLine(path,platform,executable){const name=shellWord(path.split(`/`).at(-1)??path);const isRunnable=executable&&platform.os!==`windows`;return{before:`curl -fL -o ${name} `,after:isRunnable?` && chmod +x ${name}`:``}}function shellWord(name){const safe=name.startsWith(`-`)?`./${name}`:name;return/^[\w./:+-]+$/.test(safe)?safe:`'${safe.replaceAll(`'`,`'\\''`)}'`}}),84158:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{E:()=>Html,q:()=>html});var _progress_format_js__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(22662);class Html{text;constructor(text){this.text=text}}function html(strings,...values){const parts=strings.map((text,index)=>text+render(values[index]));return new Html(parts.join(``))}function render(value){if(value===undefined||value===false)return``;if(value instanceof Html)return value.text;if(typeof value===`object`)return value.map(({text})=>text).join(``);return(0,_progress_format_js__WEBPACK_IMPORTED_MODULE_0__.escapeHtml)(String(value))}}),51174:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{z:()=>notesHtml});var _html_js__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(84158);const most=4e3;function notesHtml(notes){const cut=notes.length>most?`${notes.slice(0,most).replace(/\n[^\n]*$/,``)}\n\n…`:notes;const blocks=cut.split(/\n(?:[ \t]*\n)+|\n(?=#+ )|(?<=^#+ .*)\n/m).filter(block=>block.trim()!==``);return(0,_html_js__WEBPACK_IMPORTED_MODULE_0__.q)`<div class="notes">${blocks.map(blockHtml)}</div>`}function blockHtml(block){const[,heading]=/^#+ +(.*)/.exec(block)??[];if(heading!==undefined)return(0,_html_js__WEBPACK_IMPORTED_MODULE_0__.q)`<p><b>${inline(heading)}</b></p>`;const items=block.split(/\n(?=\s*[-*] )/);if(items.every(item=>/^\s*[-*] /.test(item))){return(0,_html_js__WEBPACK_IMPORTED_MODULE_0__.q)`<ul>${items.map(item=>(0,_html_js__WEBPACK_IMPORTED_MODULE_0__.q)`<li>${inline(item.replace(/^\s*[-*] /,``))}</li>`)}</ul>`}return(0,_html_js__WEBPACK_IMPORTED_MODULE_0__.q)`<p>${inline(block)}</p>`}function inline(text){const parts=text.split(/(`[^`\n]+`|\*\*[^*\n]+\*\*|\*[^*\s][^*\n]*\*|\[[^\]\n]+\]\(https?:\/\/[^\s()<>"']+\))/);return new _html_js__WEBPACK_IMPORTED_MODULE_0__.E(parts.map(part=>inlinePart(part).text).join(``))}function inlinePart(part){if(/^`[^`]+`$/.test(part))return(0,_html_js__WEBPACK_IMPORTED_MODULE_0__.q)`<code>${part.slice(1,-1)}</code>`;if(/^\*[^*]+\*$/.test(part))return(0,_html_js__WEBPACK_IMPORTED_MODULE_0__.q)`<em>${part.slice(1,-1)}</em>`;if(/^\*\*[^*]+\*\*$/.test(part))return(0,_html_js__WEBPACK_IMPORTED_MODULE_0__.q)`<b>${part.slice(2,-2)}</b>`;const[,label,url]=/^\[([^\]]+)\]\((https?:[^)]+)\)$/.exec(part)??[];return url===undefined||label===undefined?(0,_html_js__WEBPACK_IMPORTED_MODULE_0__.q)`${part}`:(0,_html_js__WEBPACK_IMPORTED_MODULE_0__.q)`<a href="${url}">${label}</a>`}}),3193:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{c:()=>publishInstaller,u:()=>refreshInstaller});var _concurrency_converge_js__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(11232);var _errors_js__WEBPACK_IMPORTED_MODULE_1__=__webpack_require__(27406);var _storage_bytes_js__WEBPACK_IMPORTED_MODULE_2__=__webpack_require__(17328);var _storage_encode_key_js__WEBPACK_IMPORTED_MODULE_7__=__webpack_require__(26355);var _install_installer_js__WEBPACK_IMPORTED_MODULE_3__=__webpack_require__(73477);var _keys_js__WEBPACK_IMPORTED_MODULE_4__=__webpack_require__(99527);var _store_js__WEBPACK_IMPORTED_MODULE_5__=__webpack_require__(43702);var _tags_js__WEBPACK_IMPORTED_MODULE_6__=__webpack_require__(74718);async function publishInstaller(storage,name,publicUrl,progress){const key=(0,_keys_js__WEBPACK_IMPORTED_MODULE_4__.ww)(name);const present=await(0,_store_js__WEBPACK_IMPORTED_MODULE_5__.Ag)(storage,key);if(present&&!(0,_install_installer_js__WEBPACK_IMPORTED_MODULE_3__.GE)(present)){throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__.x6(`target`,`${(0,_storage_bytes_js__WEBPACK_IMPORTED_MODULE_2__.ie)(storage,key)} is a script of somebody else's, and stays so: move it first`)}const folderUrl=`${publicUrl}/${(0,_storage_encode_key_js__WEBPACK_IMPORTED_MODULE_7__.g)((0,_keys_js__WEBPACK_IMPORTED_MODULE_4__.Ux)(name))}`;await writeInstaller(storage,name,present,folderUrl,progress);return folderUrl}async function refreshInstaller(storage,name,progress){const present=await(0,_store_js__WEBPACK_IMPORTED_MODULE_5__.Ag)(storage,(0,_keys_js__WEBPACK_IMPORTED_MODULE_4__.ww)(name));const known=present&&(0,_install_installer_js__WEBPACK_IMPORTED_MODULE_3__.GE)(present);if(known)await writeInstaller(storage,name,present,known.folderUrl,progress);return known?.folderUrl}async function writeInstaller(storage,name,present,folderUrl,progress){const key=(0,_keys_js__WEBPACK_IMPORTED_MODULE_4__.ww)(name);let installer=present;await(0,_concurrency_converge_js__WEBPACK_IMPORTED_MODULE_0__.L)((0,_storage_bytes_js__WEBPACK_IMPORTED_MODULE_2__.ie)(storage,key),async()=>{const[newest]=(await(0,_tags_js__WEBPACK_IMPORTED_MODULE_6__.Vt)(storage,name))?.tags??[];const wanted=(0,_install_installer_js__WEBPACK_IMPORTED_MODULE_3__.A2)({name,newest,folderUrl});if(installer?.equals(wanted))return`stands`;await(0,_store_js__WEBPACK_IMPORTED_MODULE_5__.p7)(storage,key,wanted,`text/plain; charset=utf-8`);installer=wanted;return`written`});if(installer!==present)progress.line(`installer -> ${key}`)}}),85596:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{X:()=>publishPage,J:()=>refreshPage});var p_map=__webpack_require__(606);var converge=__webpack_require__(11232);var errors=__webpack_require__(27406);var storage_bytes=__webpack_require__(17328);var encode_key=__webpack_require__(26355);var documents=__webpack_require__(90421);var install_installer=__webpack_require__(73477);var keys=__webpack_require__(99527);var external_node_crypto_=__webpack_require__(77598);var oci_platform=__webpack_require__(23856);var tag_order=__webpack_require__(42162);var format=__webpack_require__(22662);var about=__webpack_require__(39186);var command=__webpack_require__(4738);var html=__webpack_require__(84158);var notes=__webpack_require__(51174);;const systems={aix:`AIX`,android:`Android`,darwin:`macOS`,dragonfly:`DragonFly BSD`,freebsd:`FreeBSD`,illumos:`illumos`,ios:`iOS`,js:`JavaScript`,linux:`Linux`,netbsd:`NetBSD`,openbsd:`OpenBSD`,plan9:`Plan 9`,solaris:`Solaris`,wasi:`WASI`,wasip1:`WASI preview 1`,windows:`Windows`};const machines={"386":`x86, 32-bit`,amd64:`x86, 64-bit`,arm:`ARM, 32-bit`,arm64:`ARM, 64-bit`,loong64:`LoongArch`,mips:`MIPS`,mips64:`MIPS, 64-bit`,mips64le:`MIPS, 64-bit, little-endian`,mipsle:`MIPS, little-endian`,ppc64:`POWER`,ppc64le:`POWER, little-endian`,riscv64:`RISC-V`,s390x:`IBM Z`,sparc64:`SPARC`,wasm:`WebAssembly`};function namesOf({os,architecture}){const machine=os===`darwin`&&architecture===`arm64`?`Apple silicon`:os===`darwin`&&architecture===`amd64`?`Intel`:nameIn(machines,architecture);return{system:nameIn(systems,os),machine}}function nameIn(names,key){return Object.hasOwn(names,key)?names[key]??key:key};const script=`
'use strict';
(async () => {
  const told = document.querySelector('p#told');
  let timer;
  const tell = (text) => {
    told.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => { told.textContent = ''; }, 2500);
  };
  const copy = async (code) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(code.textContent);
    const range = document.createRange();
    range.selectNodeContents(code);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (!document.execCommand('copy')) throw new Error();
    selection.removeAllRanges();
  };
  for (const url of document.querySelectorAll('[data-url]')) {
    url.textContent = url.closest('.file').querySelector('a').href;
    url.closest('.copy').hidden = false;
  }
  for (const box of document.querySelectorAll('.copy')) {
    const code = box.querySelector('code');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', box.dataset.label);
    button.addEventListener('click', () => {
      copy(code).then(() => tell('Copied'), () => tell('Could not copy: select the text instead'));
    });
    box.append(button);
  }
  const agent = navigator.userAgent;
  const hints = navigator.userAgentData;
  const os = /Android/.test(agent) ? 'android'
    : /iPhone|iPad/.test(agent) ? 'ios'
    : /Windows/.test(agent) ? 'windows'
    : /Mac OS X/.test(agent) ? 'darwin'
    : (/FreeBSD|OpenBSD|NetBSD|Linux/.exec(agent) || [''])[0].toLowerCase();
  let architecture = /aarch64|arm64/i.test(agent) ? 'arm64'
    : /armv\\d/i.test(agent) ? 'arm'
    : os === 'darwin' ? ''
    : /x86_64|x64|amd64/i.test(agent) ? 'amd64'
    : /i\\d86/.test(agent) ? '386' : '';
  if (hints && hints.getHighEntropyValues) {
    const { architecture: family, bitness } = await hints.getHighEntropyValues(['architecture', 'bitness']).catch(() => ({}));
    const known = { arm64: 'arm64', arm32: 'arm', x8664: 'amd64', x8632: '386' };
    architecture = known[String(family) + bitness] || architecture;
  }
  for (const list of document.querySelectorAll('.platforms')) {
    const rank = ({ dataset }) => (dataset.os !== os ? 2 : dataset.architecture === architecture ? 0 : 1);
    const cards = [...list.children];
    list.append(...cards.sort((a, b) => rank(a) - rank(b)));
    const [first] = cards;
    if (rank(first) > 0) continue;
    first.classList.add('yours');
    const badge = document.createElement('span');
    badge.className = 'badge';
    badge.textContent = 'Your platform';
    first.querySelector('h3').append(badge);
  }
})();
`.trim();;const endings=/\.(?:asc|sig|minisig|pem|crt|sigstore(?:\.json)?|bundle|cosign\.bundle|intoto\.jsonl)$/i;function partSignatures(files){const paths=new Set(files.map(({path})=>path));const signatures=new Map;const plain=files.filter(file=>{const signed=file.path.replace(endings,``);if(signed===file.path||!paths.has(signed))return true;signatures.set(signed,[...signatures.get(signed)??[],file]);return false});return plain.map(file=>({file,signatures:signatures.get(file.path)??[]}))};const style=`
:root{--ink:#1b1f24;--quiet:#59636e;--paper:#f6f7f9;--card:#fff;--line:#d9dee4;--accent:#0b62c4;--soft:#eaf2fc;--code:#f1f3f6}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--quiet:#9aa5b1;--paper:#101317;--card:#181c22;--line:#2c333c;--accent:#74b3ff;--soft:#15273d;--code:#11151a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:68rem;padding:clamp(1.25rem,4vw,3.5rem) clamp(1rem,4vw,2rem);background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
h1,h2,h3,p,ul{margin:0}
h1{font-size:clamp(1.9rem,6vw,2.8rem);line-height:1.15;letter-spacing:-.02em;overflow-wrap:anywhere}
header p,.quiet,.platform code,.size{color:var(--quiet)}
header{margin-bottom:2.25rem}
header .copy{margin-top:1rem;border:1px solid var(--line);background:var(--card)}
header .copy button{border-left-color:var(--line)}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.title{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1rem;margin-bottom:1rem}
.title h2{font-size:1.4rem;overflow-wrap:anywhere}
.badge{padding:.1rem .6rem;border-radius:1rem;background:var(--soft);color:var(--accent);font-size:.8rem;font-weight:600;white-space:nowrap}
.notes{margin:-.25rem 0 1.25rem;max-width:46rem;overflow-wrap:anywhere}
.notes p+p,.notes ul{margin-top:.4rem}
.notes ul+p{margin-top:.9rem}
.notes ul{padding-left:1.2rem;list-style:disc}
.links{margin-left:auto;display:flex;gap:1rem;font-size:.9rem}
h2.quiet{margin:2.5rem 0 .75rem;font-size:1rem;font-weight:600}
.platforms{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,29rem),1fr));align-items:start}
.platform{min-width:0;padding:1.1rem 1.25rem;border:1px solid var(--line);border-radius:12px;background:var(--card)}
.platform.yours{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
.platform h3{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem .6rem;font-size:1.05rem}
.platform h3 span{font-weight:400}
.platform h3 code{font-size:.8rem;font-weight:400}
.platform h3 .badge{margin-left:auto;font-weight:600}
ul{padding:0;list-style:none}
li.file{margin-top:.9rem;padding-top:.9rem;border-top:1px solid var(--line)}
.file .name{display:flex;flex-wrap:wrap;gap:0 .75rem;align-items:baseline}
.file .name span.size{margin-left:auto}
.file .name a:first-child{font-weight:600;overflow-wrap:anywhere}
.size{white-space:nowrap;font-size:.9rem;font-variant-numeric:tabular-nums}
.copy{display:flex;align-items:stretch;margin-top:.45rem;border-radius:7px;background:var(--code)}
.copy[hidden]{display:none}
.copy code{flex:1;min-width:0;padding:.3rem .6rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;user-select:all}
code{font:.8rem/1.6 ui-monospace,Menlo,Consolas,monospace}
button{padding:0 .75rem;border:0;border-left:1px solid var(--card);border-radius:0 7px 7px 0;background:none;color:var(--accent);font:600 .8rem/1 system-ui,sans-serif;min-height:2rem;cursor:pointer}
button:hover{background:var(--soft)}
details{margin-top:.5rem;border:1px solid var(--line);border-radius:12px;background:var(--card)}
summary{display:flex;gap:.75rem;align-items:baseline;padding:.8rem 1.25rem;cursor:pointer;overflow-wrap:anywhere}
summary::before{content:"";flex:none;width:.4rem;height:.4rem;border:solid var(--quiet);border-width:0 2px 2px 0;transform:rotate(-45deg)}
details[open]>summary::before{transform:rotate(45deg)}
summary::-webkit-details-marker{display:none}
summary b{font-weight:600}
summary .size{margin-left:auto}
.inside{padding:0 1.25rem 1.25rem}
.inside .title{justify-content:flex-end}
.older{display:flex;flex-wrap:wrap;gap:.4rem 1rem;margin-top:1rem;font-size:.9rem}
.more{margin-top:.9rem;font-size:.9rem;color:var(--quiet)}
p#told{position:fixed;left:50%;bottom:1.25rem;transform:translateX(-50%);padding:.45rem 1rem;border-radius:1.5rem;background:var(--ink);color:var(--paper);font-size:.9rem}
p#told:empty{display:none}
@media print{button,p#told{display:none}.copy code{white-space:normal;overflow-wrap:anywhere}}
`.trim();;const maxFiles=100;const policy=[`default-src 'none'`,`style-src ${sourceOf(style)}`,`script-src ${sourceOf(script)}`,`img-src data:`,`base-uri 'none'`,`form-action 'none'`].join(`; `);function formatPage({name,releases,older,folderUrl,installerUrl}){const[newest,...folded]=releases;const page=(0,html.q)`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="alba${folderUrl&&` ${folderUrl}`}">
<title>${name}: downloads</title>
<link rel="icon" href="data:,">
<style>${new html.E(style)}</style>
</head>
<body>
<header>
<h1><bdi>${name}</bdi></h1>
<p>Downloads for every platform, with their checksums.</p>
${installerUrl&&install(installerUrl)}</header>
<main>
${newest&&newestRelease(newest,folderUrl)}
${folded.length>0&&(0,html.q)`<h2 class="quiet">Older releases</h2>\n`}
${folded.map(release=>foldedRelease(release,folderUrl))}
${older.length>0&&olderReleases(older)}
</main>
<p id="told" role="status"></p>
<script>${new html.E(script)}<\/script>
</body>
</html>
`;return Buffer.from(page.text)}function parsePage(bytes){const[head=``]=bytes.toString(`utf8`).split(`<style>`,1);const[found,folderUrl]=/^<meta name="generator" content="alba(?: ([^"&<>]+))?">$/m.exec(head)??[];return found===undefined?undefined:{folderUrl}}function install(folderUrl){return(0,html.q)`<div class="copy" data-label="Copy the line that installs it"><code>${(0,install_installer.c6)(folderUrl)}</code></div>
`}function newestRelease({tag,manifest},folderUrl){return(0,html.q)`<section aria-labelledby="newest">
<div class="title"><h2 id="newest"><bdi>${tag}</bdi></h2>${!(0,tag_order.bU)(tag)&&(0,html.q)`<span class="badge">Latest</span>`}${date(manifest)}${links(tag,manifest)}</div>
${page_notes(manifest)}${platforms(tag,manifest,folderUrl)}
</section>`}function foldedRelease({tag,manifest},folderUrl){const count=manifest.flavors.length;return(0,html.q)`<details id="${tag}"><summary><b><bdi>${tag}</bdi></b> <span class="size">${(0,format.formatCount)(count,`platform`)}</span></summary>
<div class="inside"><div class="title">${date(manifest)}${links(tag,manifest)}</div>
${page_notes(manifest)}${platforms(tag,manifest,folderUrl)}</div></details>
`}function olderReleases(tags){const items=tags.map(tag=>(0,html.q)`<li><a href="./${(0,encode_key.g)(tag)}">${tag}</a></li>`);return(0,html.q)`<h2 class="quiet">Older still</h2><ul class="older">${items}</ul>`}function date(manifest){const{created}=(0,about.rI)(manifest);const day=created!==undefined&&/^\d{4}-\d{2}-\d{2}T/.test(created)?created.slice(0,10):undefined;return day===undefined?undefined:(0,html.q)`<time class="size" datetime="${created}">${day}</time>`}function page_notes(manifest){const{notes:told}=(0,about.rI)(manifest);return told===undefined?undefined:(0,html.q)`${(0,notes.z)(told)}\n`}function links(tag,manifest){const{source}=(0,about.rI)(manifest);const isWeb=source!==undefined&&/^https?:\/\//i.test(source);const folder=`./${(0,encode_key.g)(tag)}`;return(0,html.q)`<span class="links">${isWeb&&(0,html.q)`<a href="${source}" aria-label="Source of ${tag}">Source</a>`}<a href="${folder}/SHA256SUMS" aria-label="SHA256SUMS of ${tag}">SHA256SUMS</a><a href="${folder}" aria-label="Manifest of ${tag}">Manifest</a></span>`}function platforms(tag,{flavors},folderUrl){return(0,html.q)`<div class="platforms">
${flavors.map(flavor=>platformCard(tag,flavor,folderUrl))}</div>`}function platformCard(tag,{platform,resources},folderUrl){const{system,machine}=namesOf(platform);const files=resources.filter(({path})=>isPlainPath(`${platform.os}/${platform.architecture}/${path}`));const signed=partSignatures(files);const shown=signed.slice(0,maxFiles);return(0,html.q)`<section class="platform" data-os="${platform.os}" data-architecture="${platform.architecture}">
<h3>${system} <span>${machine}</span> <code>${(0,oci_platform.ej)(platform)}</code></h3>
<ul>${shown.map(file=>fileItem(tag,platform,file,folderUrl))}</ul>
${signed.length>shown.length&&(0,html.q)`<p class="more">and ${(0,format.formatCount)(signed.length-shown.length,`more file`)}, all of them in SHA256SUMS</p>`}</section>
`}function fileItem(tag,platform,{file:{path,size,digest,executable},signatures},folderUrl){const linkOf=file=>(0,encode_key.g)(`${tag}/${platform.os}/${platform.architecture}/${file}`);const relative=linkOf(path);const{before,after}=(0,command.R)(path,platform,executable??false);const url=folderUrl?(0,html.q)`<span>${folderUrl}/${relative}</span>`:(0,html.q)`<span data-url></span>`;return(0,html.q)`<li class="file"><div class="name"><a href="./${relative}" download><bdi>${path}</bdi></a>${signatures.map(signature=>(0,html.q)`<a class="size" href="./${linkOf(signature.path)}" aria-label="${signature.path}" download>${signature.path.slice(path.length)}</a>`)}${size!==undefined&&(0,html.q)`<span class="size">${(0,format.formatBytes)(size)}</span>`}</div>${digest&&(0,html.q)`<div class="copy" data-label="Copy the digest of ${path}"><code>${digest}</code></div>`}<div class="copy" data-label="Copy the curl line for ${path}"${!folderUrl&&(0,html.q)` hidden`}><code>${before}${url}${after}</code></div></li>
`}function isPlainPath(path){return path.split(`/`).every(part=>part!==``&&part!==`.`&&part!==`..`)}function sourceOf(text){return`'sha256-${(0,external_node_crypto_.createHash)(`sha256`).update(text).digest(`base64`)}'`}var store=__webpack_require__(43702);var release_tags=__webpack_require__(74718);;const maxReleases=20;async function publishPage(storage,name,publicUrl,progress){const folderUrl=publicUrl&&`${publicUrl}/${(0,encode_key.g)((0,keys.Ux)(name))}`;await writePage(storage,name,await(0,store.Ag)(storage,(0,keys.Lt)(name)),folderUrl,progress)}async function refreshPage(storage,name,progress){const present=await(0,store.Ag)(storage,(0,keys.Lt)(name));const page=present&&parsePage(present);if(page)await writePage(storage,name,present,page.folderUrl,progress);return page!==undefined}async function writePage(storage,name,present,folderUrl,progress){const key=(0,keys.Lt)(name);let page=present;const told=new Set;const warn=warning=>{if(!told.has(warning))progress.warn(warning);told.add(warning)};await(0,converge.L)((0,storage_bytes.ie)(storage,key),async()=>{const tags=(await(0,release_tags.Vt)(storage,name))?.tags??[];const releases=await readReleases(storage,name,tags.slice(0,maxReleases),warn);const installer=await(0,store.Ag)(storage,(0,keys.ww)(name));const installerUrl=tags.length>0&&installer?(0,install_installer.GE)(installer)?.folderUrl:undefined;const wanted=formatPage({name,releases,older:tags.slice(maxReleases),folderUrl,installerUrl});if(page?.equals(wanted))return`stands`;await(0,store.p7)(storage,key,wanted,`text/html; charset=utf-8`);page=wanted;return`written`});if(page!==present)progress.line(`page -> ${key}`)}async function readReleases(storage,name,tags,warn){const read=async tag=>{const key=(0,keys.E4)({name,tag});const bytes=await(0,store.Ag)(storage,key);if(!bytes)return[];try{return[{tag,manifest:(0,documents.Fw)(bytes,(0,storage_bytes.ie)(storage,key))}]}catch(failure){warn(`not on the page: ${(0,errors.bD)(failure)}`);return[]}};return(await(0,p_map.Ay)(tags,read,{concurrency:maxReleases})).flat()}}),26355:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{I:()=>encodeValue,g:()=>encodeKey});function encodeValue(text){return encodeURIComponent(text).replace(/[!'()*]/g,sign=>`%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}function encodeKey(key){return encodeValue(key).replaceAll(`%2F`,`/`)}}),54273:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{y:()=>findMissing});var p_map__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(606);const concurrency=16;async function findMissing(storage,prefix,expected){const missing=new Map(expected);for await(const{key,size,modified}of storage.list(prefix)){if(isMet(missing.get(key),size,modified))missing.delete(key)}const unlisted=[...missing.keys()];const heads=(0,p_map__WEBPACK_IMPORTED_MODULE_0__.R_)(unlisted,key=>storage.head(key),{concurrency});for await(const head of heads){if(head&&isMet(missing.get(head.key),head.size,head.modified))missing.delete(head.key)}return[...missing.keys()]}function isMet(expected,size,modified){return expected?.size===size&&(expected.since===undefined||modified>=expected.since)}})};