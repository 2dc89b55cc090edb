# shellcheck shell=bash
# What the scripts share: finding the toolchain, installing system packages, building. Sourced, not run.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
workbench="$root/.build/release/vignette"
built_stamp="$root/.build/workbench-built"

swift_needed=6.1
build_packages=(libncurses-dev libopenblas-dev libsixel-dev libpng-dev zlib1g-dev libturbojpeg0-dev)
test_packages=(xvfb xterm xdotool imagemagick tmux libsixel-bin)

say() { printf 'vignette: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# Ends with one line unless a new enough Swift toolchain is there.
require_swift() {
  local version
  command -v swift >/dev/null ||
    fail "no Swift toolchain found; install Swift $swift_needed or later from https://swift.org/install and put it on PATH"
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*[0-9]\).*/\1/p' | head -n 1)
  [[ $(printf '%s\n' "$swift_needed" "${version:-0}" | sort -V | head -n 1) == "$swift_needed" ]] ||
    fail "Swift ${version:-of an unknown version} is too old; install Swift $swift_needed or later from https://swift.org/install"
}

# Prints those of the given packages that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
      printf '%s\n' "$package"
  done
}

# Installs those of the given packages that are missing, after naming them.
install_packages() {
  local missing as_root=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "no Debian package manager here; make sure that these are installed: $*"
    return
  fi
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} > 0)) || return 0
  say "installing missing system packages: ${missing[*]}"
  if ((EUID != 0)); then
    as_root=(sudo)
    # Without a terminal nobody can type a password.
    [[ -t 0 ]] || as_root+=(--non-interactive)
    if ! command -v sudo >/dev/null || ! "${as_root[@]}" true; then
      fail "these may not be installed from here; run as root: apt-get install ${missing[*]}"
    fi
  fi
  "${as_root[@]}" apt-get update --quiet >&2 || say "the package lists could not be updated; trying with the old ones"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends \
    "${missing[@]}" >&2 || fail "apt-get could not install: ${missing[*]}"
}

# Makes everything ready that a build needs.
set_up_build() {
  require_swift
  install_packages "${build_packages[@]}"
}

# Makes everything ready that a build and the tests need.
set_up_tests() {
  require_swift
  install_packages "${build_packages[@]}" "${test_packages[@]}"
}

# Whether the workbench was built after the last change to its sources.
workbench_is_current() {
  [[ -x $workbench && -e $built_stamp ]] &&
    [[ -z $(find "$root/Package.swift" "$root/Sources" -newer "$built_stamp" -print -quit) ]]
}

# Builds the workbench; the stamp bears the time of the start, so that edits during the build count as newer.
build_workbench() {
  local started
  started=$(date --rfc-3339=ns)
  say "building; this takes a few minutes the first time"
  swift build --package-path "$root" --configuration release --product vignette >&2 ||
    fail "the build failed; the compiler's messages are above"
  touch --date="$started" "$built_stamp"
}
