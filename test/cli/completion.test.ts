/** Real shells complete our commands: bash and zsh at a terminal, with the keys of a person; fish asked as it asks itself. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import { FAULTS } from '../../boards/faults/registry.js'
import { SERIAL_CABLES } from '../../boards/rs232/cables.js'
import { CHECKS } from '../../host/check/check-list.js'
import { TWISTED_PAIR_CABLES } from '../../host/physical/cable-sheet.js'
import { cli, root, scratch } from './command.js'
import { runHere } from './here.js'

const SHELLS = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof SHELLS)[number]

/**
 * Escape and `*` put every proposal into the line; Control-X and D print what stands in it. What zsh finds among its thousand functions it keeps
 * beside its file: looking for it takes ten times as long as all the rest.
 */
const RC: Readonly<Record<'bash' | 'zsh', (script: string) => string>> = {
  bash: (script) => `
. '${script}'
bind 'set bell-style none'
bind 'set enable-bracketed-paste off'
PS1=$'\\x1d'
bind -x '"\\C-xd": printf "\\036%s\\037" "$READLINE_LINE"'
bind '"\\e*": insert-completions'
`,
  zsh: (script) => `
bindkey -e
autoload -Uz compinit && compinit -u -d "$ZDOTDIR/dump"
. '${script}'
PS1=$'\\x1d'
zstyle ':completion:everything:*' completer _all_matches _complete
zstyle ':completion:everything:*' insert yes
zle -C everything complete-word _generic
bindkey '\\e*' everything
show() { printf '\\036%s\\037' "$BUFFER" }
zle -N show
bindkey '^Xd' show
setopt no_beep no_list_beep
`,
}

/**
 * The program as the shells find it. What it proposes depends on its words alone, so that it is started once for the words that several shells ask
 * it with.
 */
const ONCE = `#!/bin/sh
here=$(dirname "$0")
answer=$here/../answers/$(printf '%s\\0' "$@" | sha256sum | cut -c 1-64)
if [ ! -f "$answer" ]; then
  "$here/../linkpulse" "$@" >"$answer.new" || exit
  mv "$answer.new" "$answer"
fi
cat "$answer"
`

let folder = ''
let path = ''
beforeAll(async () => {
  folder = scratch()
  const bin = join(folder, 'bin')
  for (const each of [bin, join(folder, 'answers')]) mkdirSync(each)
  symlinkSync(cli, join(folder, 'linkpulse'))
  writeFileSync(join(bin, 'linkpulse'), ONCE)
  chmodSync(join(bin, 'linkpulse'), 0o755)
  path = `${bin}${delimiter}${process.env.PATH}`
  for (const shell of SHELLS) {
    const { stdout, status } = await runHere('completion', shell)
    expect(status).toBe(0)
    mkdirSync(join(folder, shell))
    writeFileSync(join(folder, shell, 'script'), stdout)
    if (shell !== 'fish')
      writeFileSync(join(folder, shell, shell === 'zsh' ? '.zshrc' : 'rc'), RC[shell](join(folder, shell, 'script')))
  }
  const files = join(folder, 'files')
  mkdirSync(join(files, 'directory'), { recursive: true })
  for (const name of ['mine.json', 'other.json', 'mine.svg', 'sketch.hex', 'with space.json'])
    writeFileSync(join(files, name), '')
})

/** What becomes of each line once its keys are pressed. */
function typed(
  shell: 'bash' | 'zsh',
  keys: readonly string[],
  rc = join(folder, shell, shell === 'zsh' ? '.zshrc' : 'rc'),
): string[] {
  const words = [join(root, 'test/cli/type-in-shell.py'), shell, rc, ...keys]
  const { stdout, stderr } = spawnSync('/usr/bin/python3', words, {
    cwd: join(folder, 'files'),
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as string[]
}

/** For each line, the words that may stand at its end. */
function proposals(shell: Shell, ...lines: readonly string[]): string[][] {
  if (shell === 'fish') {
    const script = `source '${join(folder, 'fish/script')}'; for line in $argv; echo '>'; complete -C $line; end`
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script, ...lines], {
      cwd: join(folder, 'files'),
      encoding: 'utf8',
      env: { ...process.env, PATH: path, HOME: folder, LC_ALL: 'C.UTF-8' },
    })
    expect(stderr).toBe('')
    const blocks = stdout.split(/^>\n/m).slice(1)
    return blocks.map((block) =>
      block
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t')[0])
        .filter((word) => word !== ''),
    )
  }
  return typed(
    shell,
    lines.map((line) => `${line}\x1b*`),
  ).map((result, at) => {
    const word = lines[at].slice(lines[at].lastIndexOf(' ') + 1)
    // Bash takes what is behind a colon or an equals sign for a word of its own, and repeats only that.
    const kept = shell === 'bash' ? (/^.*[:=]/.exec(word)?.[0] ?? '') : ''
    const front = lines[at].slice(0, lines[at].length - word.length) + kept
    expect(result.startsWith(front), result).toBe(true)
    const words = result
      .slice(front.length)
      .trim()
      .split(/(?<!\\) /)
    return words.filter((each) => each !== '').map((each) => kept + each)
  })
}

const sorted = (words: Iterable<string>): string[] => [...words].sort()

describe.each(SHELLS)('%s completes', (shell) => {
  it('commands, groups and their commands', () => {
    const [all, begun, group, help] = proposals(
      shell,
      'linkpulse ',
      'linkpulse c',
      'linkpulse net ',
      'linkpulse help net p',
    )
    expect(all).toEqual(expect.arrayContaining(['check', 'serve', 'net', 'drill', 'completion', 'help']))
    expect(sorted(begun)).toEqual(['cables', 'campaign', 'check', 'chip', 'compare', 'completion', 'connectors'])
    expect(group).toEqual(expect.arrayContaining(['up', 'ping', 'nc', 'http', 'capture', 'stat']))
    expect(help).toEqual(['ping'])
  })

  it('options, and none a second time that is given once', () => {
    const [begun, left] = proposals(shell, 'linkpulse check --t', 'linkpulse check --time-limit 5 --fault miso-open --')
    expect(sorted(begun)).toEqual(['--through', '--time-limit', '--trace', '--trace-volts'])
    expect(left).toEqual(expect.arrayContaining(['--fault', '--seed', '--help']))
    expect(left).not.toContain('--time-limit')
  })

  it('boards, faults, checks, cables and what else there is to choose from', () => {
    const [boards, faults, checks, cables, shells, programmers, ends, joined] = proposals(
      shell,
      'linkpulse boards ',
      'linkpulse check model:uno --fault ',
      'linkpulse check --only chip.',
      'linkpulse cables ',
      'linkpulse completion ',
      'linkpulse flash uno /dev/x --programmer ',
      'linkpulse cables null-modem --ends DE-9,D',
      'linkpulse check --through=',
    )
    expect(sorted(boards)).toEqual(sorted(BOARDS.keys()))
    expect(sorted(faults)).toEqual(sorted(FAULTS.keys()))
    expect(sorted(checks)).toEqual(sorted(CHECKS.map(({ id }) => id).filter((id) => id.startsWith('chip.'))))
    expect(sorted(cables)).toEqual(sorted([...SERIAL_CABLES, ...TWISTED_PAIR_CABLES].map(({ name }) => name)))
    expect(sorted(shells)).toEqual(sorted(SHELLS))
    expect(sorted(programmers)).toEqual(['avrdude', 'own'])
    expect(sorted(ends)).toEqual(['DE-9,DB-25', 'DE-9,DC-37'])
    expect(sorted(joined)).toEqual(['--through=hub', '--through=repeater', '--through=switch'])
  })

  it('targets, though a colon breaks words', () => {
    const [begun, model, prefix] = proposals(
      shell,
      'linkpulse check mod',
      'linkpulse check model:',
      'linkpulse net up st',
    )
    const models = [...BOARDS.keys()].map((name) => `model:${name}`)
    const whole = (words: readonly string[]) => sorted(words.map((word) => word.replaceAll('\\:', ':')))
    expect(whole(begun)).toEqual(sorted(models))
    expect(whole(model)).toEqual(sorted(models))
    expect(whole(prefix)).toEqual(['stack:'])
  })

  it('files where files are due, by the endings that fit, and directories', () => {
    const [board, image, joined, operand, none] = proposals(
      shell,
      'linkpulse boards --board-file ',
      'linkpulse check avr:uno --image s',
      'linkpulse boards --board-file=m',
      'linkpulse run ',
      'linkpulse ports ',
    )
    const names = (words: readonly string[]) =>
      sorted(words.map((word) => word.replaceAll('\\ ', ' ').replaceAll("'", '').replace(/\/$/, '')))
    expect(names(board)).toEqual(['directory', 'mine.json', 'other.json', 'with space.json'])
    expect(names(image)).toEqual(['sketch.hex'])
    expect(names(joined)).toEqual(['--board-file=mine.json'])
    expect(names(operand)).toEqual(['directory', 'sketch.hex'])
    expect(names(none).filter((word) => !word.startsWith('--'))).toEqual([])
  })
})

describe.each(['bash', 'zsh'] as const)('a Tab in %s', (shell) => {
  it('writes what is clear, with a space behind a whole word and none behind the beginning of one', () => {
    expect(typed(shell, ['linkpulse che\t', 'linkpulse check --fau\t', 'linkpulse net up st\t'])).toEqual([
      'linkpulse check ',
      'linkpulse check --fault ',
      'linkpulse net up stack:',
    ])
    const quoted = typed(shell, ['linkpulse boards --board-file with\t', 'linkpulse boards --board-file with\\ s\t'])
    expect(quoted).toEqual(Array(2).fill('linkpulse boards --board-file with\\ space.json '))
  })
})

it('zsh finds the script by itself in a directory of its fpath', () => {
  const functions = join(folder, 'functions')
  mkdirSync(functions)
  writeFileSync(join(functions, '_linkpulse'), readFileSync(join(folder, 'zsh/script')))
  const source = readFileSync(join(folder, 'zsh/.zshrc'), 'utf8').replace(/^\. .*$/m, '')
  mkdirSync(join(folder, 'found'))
  writeFileSync(join(folder, 'found/.zshrc'), `fpath=('${functions}' $fpath)\n${source}`)
  expect(typed('zsh', ['linkpulse che\t', 'linkpulse check --fau\t'], join(folder, 'found/.zshrc'))).toEqual([
    'linkpulse check ',
    'linkpulse check --fault ',
  ])
})

it('fish finds the script by itself among its completions', () => {
  const completions = join(folder, 'home/.config/fish/completions')
  mkdirSync(completions, { recursive: true })
  writeFileSync(join(completions, 'linkpulse.fish'), readFileSync(join(folder, 'fish/script')))
  const { stdout, stderr } = spawnSync('fish', ['-c', `complete -C 'linkpulse che'`], {
    encoding: 'utf8',
    env: { ...process.env, PATH: path, HOME: join(folder, 'home'), XDG_CONFIG_HOME: '', XDG_DATA_HOME: '' },
  })
  expect([stdout.split('\t')[0], stderr]).toEqual(['check', ''])
})

it.each([
  [['--lang', 'zh', 'che'], 'check'],
  [['--lang=zh', 'che'], 'check'],
  [['--lang', 'zh', 'check', 'model:mega'], 'model:mega2560'],
  [['--lang', 'z'], 'zh'],
])('a language in front of the command does not end it: %j', async (words, proposed) => {
  const { stdout } = await runHere('__complete', ...words)
  expect(stdout.split('\n').map((line) => line.split('\t')[0])).toContain(proposed)
})

it('a script for another shell is refused with those that there are', async () => {
  const { status, stderr } = await runHere('completion', 'fihs')
  expect([status, stderr]).toEqual([
    2,
    'linkpulse: there is no completion for "fihs"; did you mean "fish"? (shells: bash, zsh, fish)\n',
  ])
})
