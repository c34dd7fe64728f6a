import { describe, expect, it } from 'vitest'
import { columnsOf } from '../../../text/columns.js'
import { COMMANDS } from '../commands.js'
import { explain, overview } from '../help.js'
import { HELP_ZH } from './help.js'

const HAN = /\p{Script=Han}/u

describe('help in Chinese', () => {
  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    '%s: says all that English says',
    (_, command) => {
      const told = HELP_ZH.of(command)
      expect(told.summary).toMatch(HAN)
      expect(Object.keys(told.options)).toEqual(Object.keys(command.options))
      for (const [name, { help, ...rest }] of Object.entries(told.options)) {
        expect(help, name).toMatch(HAN)
        expect({ ...rest, help: '' }).toEqual({ ...command.options[name], help: '' })
      }
      expect(told.notes === undefined).toBe(command.notes === undefined)
      // Statuses, examples and the names of options are the same.
      const facts = (lines: readonly string[] = []): string[] =>
        [...lines.join('\n').matchAll(/`linkpulse [a-z]+|--[a-z][a-z0-9-]+|\.(?:svg|png|html|csv|json)\b/g)].map(
          ([fact]) => fact,
        )
      expect(new Set(facts(told.notes))).toEqual(new Set(facts(command.notes)))
      const statuses = (lines: readonly string[] = []): string[] =>
        [
          ...lines
            .join(' ')
            .replace(/^.*(?:Exit status: |退出码：)/s, '')
            .matchAll(/(?<![\w.])(?:[0-4]|130)(?= [^\d])/g),
        ].map(([status]) => status)
      if (command.notes?.some((line) => line.includes('Exit status'))) {
        expect(new Set(statuses(told.notes))).toEqual(new Set(statuses(command.notes)))
      }
    },
  )

  it('has no line of remarks that is wider than 120 columns', () => {
    const wide = COMMANDS.flatMap((command) => HELP_ZH.of(command).notes ?? []).filter((line) => columnsOf(line) > 120)
    expect(wide).toEqual([])
  })

  it('lists the commands, and explains one', () => {
    expect(overview(HELP_ZH)).toMatch(/^linkpulse：.*\n\n用法：linkpulse 命令 \[选项\]\.\.\.\n/)
    const [check] = COMMANDS
    expect(explain(check, HELP_ZH)).toMatch(/^linkpulse check \[TARGET\] \[选项\]\.\.\.\n\n逐层检查一块板子/)
    expect(explain(check, HELP_ZH)).toContain('\n  --lang en|zh             给人看的内容所用的语言')
  })
})
