import { describe, expect, it } from 'vitest'
import { shellCommands } from './shell-words.js'

const words = (text: string) => shellCommands(text).map((command) => command.words)

describe('the commands of a shell', () => {
  it('are words, ended by a line, a semicolon, && or ||', () => {
    expect(words('a b\n c;d && e  f || g')).toEqual([['a', 'b'], ['c'], ['d'], ['e', 'f'], ['g']])
    expect(words('a \\\n b\n\n')).toEqual([['a', 'b']])
  })

  it('have quotes, which hold what is in them together', () => {
    expect(words('a x="1 2" \'b; c\' d\\ e "f\\"g"')).toEqual([['a', 'x=1 2', 'b; c', 'd e', 'f\\"g']])
  })

  it('have comments, in which quotes and separators are nothing', () => {
    expect(words("# it's; so\na b # don't && c\nd#e")).toEqual([['a', 'b'], ['d#e']])
  })

  it('lead somewhere, or are piped', () => {
    expect(shellCommands('echo 1 > /proc/sys/x 2>&1')).toMatchObject([{ words: ['echo', '1'], into: '/proc/sys/x' }])
    expect(shellCommands('a >/dev/null 2>/tmp/b')).toMatchObject([{ words: ['a'], into: '/dev/null' }])
    expect(shellCommands('a b | grep c')).toMatchObject([{ words: ['a', 'b', '|', 'grep', 'c'], text: 'a b | grep c' }])
  })

  it('say where they begin', () => {
    expect(shellCommands(' # x\n  a b\n c').map(({ at, text }) => [at, text])).toEqual([
      [7, 'a b'],
      [12, 'c'],
    ])
  })

  it('end, whatever they are made of', () => {
    for (const text of ['"', "'", '\\', '>', '&', '|', 'a "b\nc', '> > >', '&&&', ';;', '2>'])
      expect(Array.isArray(shellCommands(text.repeat(50)))).toBe(true)
  })
})
