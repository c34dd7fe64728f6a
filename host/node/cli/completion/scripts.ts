/** What `linkpulse completion` prints. Each script asks the program itself, so what it proposes is what this version takes. */

import type { Shell } from './shells.js'
import { COMPLETE } from './word.js'

/**
 * Bash 3.2 (macOS) has no `mapfile` and no `compopt`. It breaks words at `:` and `=` too: they are put together again, and of
 * a proposal it takes what is behind the last break.
 */
const bash = String.raw`# bash completion for linkpulse: linkpulse completion bash
_linkpulse() {
  local IFS=$' \t\n' rest=\${COMP_LINE:0:COMP_POINT} trimmed piece line word ending at
  local words=()
  for ((at = 0; at <= COMP_CWORD; at++)); do
    piece=\${COMP_WORDS[at]}
    trimmed=\${rest#"\${rest%%[![:space:]]*}"}
    [[ $trimmed == "$piece"* ]] || piece=$trimmed
    if ((at == 0)) || [[ $trimmed != "$rest" ]]; then
      words+=("$piece")
    else
      words[\${#words[@]} - 1]+=$piece
    fi
    rest=\${trimmed#"$piece"}
  done
  local current=\${words[\${#words[@]} - 1]} broken=
  [[ $COMP_WORDBREAKS == *:* ]] && broken+=:
  [[ $COMP_WORDBREAKS == *=* ]] && broken+==
  local first=
  [[ -n $broken && $current == *["$broken"]* ]] && first=\${current%"\${current##*["$broken"]}"}
  local begun=\${current#"$first"} endings= files=
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files* ]]; then
      files=1 endings=\${line#:files}
    else
      word=\${line%%$'\t'*}
      COMPREPLY+=("\${word#"$first"}")
    fi
  done < <("\${words[0]/#\~/$HOME}" ${COMPLETE} "\${words[@]:1}" 2>/dev/null)
  if [[ -n $files ]]; then
    [[ $current == --*=* && $broken != *=* ]] && first=\${current%%=*}= begun=\${current#*=}
    begun=\${begun#[\"\']} begun=\${begun//\\/} # as the file is called, not as it is quoted
    while IFS= read -r word; do
      if [[ -z $endings || -d \${word/#\~/$HOME} ]]; then
        COMPREPLY+=("$word")
      else
        for ending in $endings; do [[ $word == *"$ending" ]] && COMPREPLY+=("$word"); done
      fi
    done < <(compgen -f -- "$begun")
    compopt -o filenames 2>/dev/null
  fi
  ((\${#COMPREPLY[@]} == 1)) && [[ \${COMPREPLY[0]} == *[:/=] ]] && compopt -o nospace 2>/dev/null
}
complete -F _linkpulse linkpulse
`.replaceAll('\\$', '$')

const zsh = String.raw`#compdef linkpulse
# zsh completion for linkpulse: linkpulse completion zsh
_linkpulse() {
  local line word help files=0
  local -a endings words_on words_open
  local -a asked=("\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}")
  for line in "\${(@f)$(\${~\${(Q)words[1]}} ${COMPLETE} "\${asked[@]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    if [[ $line == :files* ]]; then
      files=1
      endings=(\${(s: :)\${line#:files}})
      continue
    fi
    word=\${line%%$'\t'*}
    help=\${line#*$'\t'}
    if [[ $word == *[:/=] ]]; then
      words_open+=("\${word//:/\\:}:$help")
    else
      words_on+=("\${word//:/\\:}:$help")
    fi
  done
  local result=1
  (( \${#words_on} )) && _describe -V linkpulse words_on && result=0
  (( \${#words_open} )) && _describe -V linkpulse words_open -S '' && result=0
  if (( files )); then
    compset -P '--*='
    if (( \${#endings} )); then
      _files -g "*(\${(j:|:)endings})(-.)" && result=0
    else
      _files && result=0
    fi
  fi
  return result
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _linkpulse "$@"
else
  compdef _linkpulse linkpulse
fi
`.replaceAll('\\$', '$')

const fish = String.raw`# fish completion for linkpulse: linkpulse completion fish
function __linkpulse_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    for line in ($before[1] ${COMPLETE} $before[2..] "$current" 2>/dev/null)
        if not string match -q -- ':files*' $line
            echo $line
            continue
        end
        set -l endings (string split -n ' ' -- (string replace -- ':files' '' $line))
        set -l first (string match -r -- '^--[^=]*=' $current)
        for path in (__fish_complete_path (string replace -- "$first" '' $current))
            set -l name (string split -f1 \t -- $path)
            if test (count $endings) -gt 0; and not string match -q -- '*/' $name
                set -l fits no
                for ending in $endings
                    string match -q -- "*$ending" $name; and set fits yes
                end
                test $fits = yes; or continue
            end
            echo "$first$path"
        end
    end
end
complete -c linkpulse -f -a '(__linkpulse_complete)'
`

export const SCRIPTS: Readonly<Record<Shell, string>> = { bash, zsh, fish }
