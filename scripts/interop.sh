#!/usr/bin/env bash
# Installs the real servers and clients that the interoperability tests and benchmarks use:
#
#   bash scripts/interop.sh          # all that is missing; quick when nothing is
#
# Debian's packages come from apt-get (needs root or sudo), pinned by the release of Debian itself.
# The rest is built from source by `go install` and `cargo install`, at the versions below, into
# ${ALBA_TOOLS:-${XDG_CACHE_HOME:-~/.cache}/alba-interop}/bin, where the tests look first.
# To try another version, change it here: what was built from an older one is built anew.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

tools=${ALBA_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/alba-interop}
bin=$tools/bin
stamps=$tools/versions

# command=package; a command that is there already, from wherever, is left alone
debian=(
  docker-registry=docker-registry skopeo=skopeo podman=podman umoci=umoci
  containerd=containerd ctr=containerd dockerd=docker.io docker=docker.io runc=runc crun=crun
  chromium=chromium hyperfine=hyperfine pigz=pigz zstd=zstd jq=jq curl=curl openssl=openssl
  setpriv=util-linux unshare=util-linux ip=iproute2 zsh=zsh fish=fish busybox=busybox-static nginx=nginx-light
  apache2=apache2-bin caddy=caddy dash=dash
)

# name, module, version, package within the module
go_tools() {
  cat <<'LIST'
crane      github.com/google/go-containerregistry   v0.22.1  cmd/crane
regctl     github.com/regclient/regclient           v0.11.7  cmd/regctl
oras       oras.land/oras                           v1.2.3   cmd/oras
actionlint github.com/rhysd/actionlint              v1.7.12  cmd/actionlint
s5cmd      github.com/peak/s5cmd/v2                 v2.3.0   .
registry   github.com/distribution/distribution/v3  v3.1.2   cmd/registry
olareg     github.com/olareg/olareg                 v0.1.2   cmd/olareg
versitygw  github.com/versity/versitygw             v1.8.0   cmd/versitygw
minio      github.com/minio/minio                   v0.0.0-20260212201848-7aac2a2c5b7c .
cosign     github.com/sigstore/cosign/v3            v3.1.3   cmd/cosign
umoci      github.com/opencontainers/umoci          v0.6.0   cmd/umoci
conformance github.com/opencontainers/distribution-spec/conformance v0.0.0-20260831232431-97274622c111 .
ko         github.com/google/ko                     v0.18.0  .
buildkitd  github.com/moby/buildkit                 v0.23.2  cmd/buildkitd
buildctl   github.com/moby/buildkit                 v0.23.2  cmd/buildctl
LIST
}
garage_version=2.5.0
wkg_version=0.16.1
tofu_version=v1.10.6
mise_version=2026.9.15
aqua_version=2.63.0

say() { printf 'interop: %s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "needs root, or sudo, to run: $*"
  fi
}

is_built() { # name version
  [ -x "$bin/$1" ] && [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ]
}

# Packages that bring a service start it at once, unless this file says no.
policy=/usr/sbin/policy-rc.d
allow_services() { as_root rm -f "$policy"; }
forbid_services() {
  [ -e "$policy" ] && return
  trap allow_services EXIT
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod +x "$policy"
}

install_debian() {
  local entry missing=()
  for entry in "${debian[@]}"; do
    command -v "${entry%%=*}" >/dev/null || missing+=("${entry#*=}")
  done
  [ ${#missing[@]} = 0 ] && return
  command -v apt-get >/dev/null || fail "no apt-get here; install these yourself: ${missing[*]}"
  say "apt-get install ${missing[*]}"
  forbid_services
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    >"$tools/apt.log" 2>&1 || { tail -n 40 "$tools/apt.log" >&2; fail 'apt-get failed'; }
}

# Builds in a module of its own: `go install package@version` also asks for the list of all versions,
# which a module proxy may not have. go.sum is filled from the checksum database.
install_go() { # name module version package
  local name=$1 module=$2 version=$3 package=$2${4:+/$4} work
  is_built "$name" "$version" && return
  command -v go >/dev/null || fail "needs go to build $name"
  say "go install ${package%/.}@$version"
  work=$(mktemp -d)
  printf 'module build\n\ngo 1.24\n\nrequire %s %s\n' "$module" "$version" >"$work/go.mod"
  (cd "$work" && GOBIN=$bin GOFLAGS='-mod=mod -trimpath -buildvcs=false' \
    nice go install -ldflags='-s -w' "${package%/.}") >"$tools/$name.log" 2>&1 ||
    { rm -rf "$work"; tail -n 40 "$tools/$name.log" >&2; fail "$name could not be built"; }
  rm -rf "$work"
  echo "$version" >"$stamps/$name"
}

install_garage() {
  is_built garage "$garage_version" && return
  command -v cargo >/dev/null || fail 'needs cargo to build garage'
  say "cargo install garage $garage_version (ten minutes or more on two cores)"
  CARGO_PROFILE_RELEASE_OPT_LEVEL=2 CARGO_PROFILE_RELEASE_STRIP=symbols \
    nice cargo install garage --version "$garage_version" --locked --force --root "$tools" \
    --no-default-features --features bundled-libs,lmdb >"$tools/garage.log" 2>&1 ||
    { tail -n 40 "$tools/garage.log" >&2; fail 'garage could not be built'; }
  echo "$garage_version" >"$stamps/garage"
}

install_wkg() {
  is_built wkg "$wkg_version" && return
  command -v cargo >/dev/null || fail 'needs cargo to build wkg'
  say "cargo install wkg $wkg_version (minutes)"
  CARGO_PROFILE_DEV_DEBUG=0 nice cargo install wkg --version "$wkg_version" --locked --debug --force --root "$tools" \
    >"$tools/wkg.log" 2>&1 || { tail -n 40 "$tools/wkg.log" >&2; fail 'wkg could not be built'; }
  echo "$wkg_version" >"$stamps/wkg"
}

# In its own module, which replaces one that it needs.
install_tofu() {
  local work
  is_built tofu "$tofu_version" && return
  command -v go >/dev/null || fail 'needs go to build tofu'
  say "go build tofu $tofu_version (minutes)"
  work=$(mktemp -d)
  cp -r "$(cd "$work" && go mod download -json "github.com/opentofu/opentofu@$tofu_version" | jq -r .Dir)" "$work/tofu"
  chmod -R u+w "$work"
  (cd "$work/tofu" && GOFLAGS='-trimpath -buildvcs=false' nice go build -ldflags='-s -w' -o "$bin/tofu" ./cmd/tofu) \
    >"$tools/tofu.log" 2>&1 || { rm -rf "$work"; tail -n 40 "$tools/tofu.log" >&2; fail 'tofu could not be built'; }
  rm -rf "$work"
  echo "$tofu_version" >"$stamps/tofu"
}

# Its Go module needs more than a module proxy may have; the package of PyPI has the program itself.
install_aqua() {
  is_built aqua "$aqua_version" && return
  say "pip install aquaproj-aqua $aqua_version"
  { python3 -m venv "$tools/aqua" && "$tools/aqua/bin/pip" install "aquaproj-aqua==$aqua_version.post0"; } >"$tools/aqua.log" 2>&1 ||
    { tail -n 40 "$tools/aqua.log" >&2; fail 'aqua could not be installed'; }
  ln -sf "$tools/aqua/bin/aqua" "$bin/aqua"
  echo "$aqua_version" >"$stamps/aqua"
}

install_mise() {
  is_built mise "$mise_version" && return
  command -v npm >/dev/null || fail 'needs npm to install mise'
  say "npm install mise $mise_version"
  npm install --prefix "$tools/mise" --no-save "mise@$mise_version" >"$tools/mise.log" 2>&1 ||
    { tail -n 40 "$tools/mise.log" >&2; fail 'mise could not be installed'; }
  ln -sf "$tools/mise/node_modules/mise/bin/mise" "$bin/mise"
  echo "$mise_version" >"$stamps/mise"
}

mkdir -p "$bin" "$stamps"
exec 9>"$tools/lock"
flock -w 5000 9 || fail "another run holds $tools/lock"

install_debian
while read -r name module version package; do
  install_go "$name" "$module" "$version" "$package"
done < <(go_tools)
install_garage
install_wkg
install_tofu
install_mise
install_aqua
say "all there, in $bin and on PATH"
