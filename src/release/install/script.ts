import { finding } from './finding.ts';
import { placing } from './placing.ts';

/**
 * What `install.sh` does, in POSIX shell. It begins with the last line, so that a download that breaks off does nothing;
 * `name`, `newest` and `from` are set before it.
 */
export const installerScript = String.raw`${finding}${placing}main() {
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
`;
