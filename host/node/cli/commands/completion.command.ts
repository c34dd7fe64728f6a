import { command } from '../command.js'
import { SHELLS } from '../completion/shells.js'

export const COMPLETION_COMMAND = command({
  name: 'completion',
  operands: 'SHELL',
  minimum: 1,
  maximum: 1,
  takes: [SHELLS],
  summary: 'print the script that completes commands, options and values: for bash, zsh or fish',
  options: {},
  notes: [
    'To have it in every shell that begins:',
    'bash: linkpulse completion bash > ~/.local/share/bash-completion/completions/linkpulse',
    'zsh:  linkpulse completion zsh > DIRECTORY/_linkpulse, where DIRECTORY is in $fpath',
    'fish: linkpulse completion fish > ~/.config/fish/completions/linkpulse.fish',
    'To try it in this one: source <(linkpulse completion bash); linkpulse completion fish | source',
  ],
})
