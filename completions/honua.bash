# SPDX-License-Identifier: MIT
# Completion of honua's command line in bash: /usr/share/bash-completion/completions/honua, or sourced by ~/.bashrc.
# What may stand at the cursor, the program tells itself.

_honua() {
  COMPREPLY=()
  local lines candidate last=:none add_files=
  mapfile -t lines < <("${1/#\~\//$HOME/}" __complete bash "$1" "$COMP_WORDBREAKS" "$COMP_POINT" "$COMP_LINE" 2>/dev/null)
  [ ${#lines[@]} -gt 0 ] || return 0
  last=${lines[-1]}
  unset 'lines[-1]'
  case $last in
    :files*) add_files=-f ;;
    :programs*) add_files=-c ;;
  esac
  if [ -n "$add_files" ]; then
    # The word as bash has it: `compgen` wants it without quotes, which it adds itself.
    local word=${COMP_WORDS[COMP_CWORD]}
    case $word in [=:]) word= ;; esac
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen $add_files -- "$word")
  fi
  for candidate in "${lines[@]}"; do
    candidate=${candidate%%$'\t'*}
    # More may follow at once.
    case $candidate in *[=:/.@]) compopt -o nospace 2>/dev/null ;; esac
    case "$last$add_files" in
      *quoted* | *-f | *-c) COMPREPLY+=("$candidate") ;;
      *) COMPREPLY+=("$(printf %q "$candidate")") ;;
    esac
  done
}

complete -F _honua honua
