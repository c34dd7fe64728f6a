import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../cli/command.js'
import { casesOf, extentOf, filesOf, PARTS, type Part, type PartName, piecesOf } from './parts.js'
import { readPassed } from './passed.js'

const NAMES = Object.keys(PARTS) as PartName[]

describe('the long tests', () => {
  it.each(NAMES)('%s runs in pieces that are together its whole, each number once', (name) => {
    const { whole }: Part = PARTS[name]
    let next = 0
    for (const { first, count } of piecesOf(name)) {
      expect(first).toBe(next)
      expect(count).toBeGreaterThan(0)
      next += count
    }
    expect(next).toBe(whole)
  })

  it.each(NAMES)('%s has a test file that asks which piece to run', (name) => {
    const { slice, whole }: Part = PARTS[name]
    const files = filesOf(name).flatMap((file) => {
      const path = join(root, file)
      return statSync(path).isDirectory() ? readdirSync(path).map((each) => join(path, each)) : [path]
    })
    const text = files.map((each) => readFileSync(each, 'utf8')).join('\n')
    const asks = name === 'variations' ? /\bvariation(?:sOf)?[(<]/ : new RegExp(`(?:extentOf|casesOf)\\(\\s*'${name}'`)
    expect(text).toMatch(asks)
    expect(slice).toBeLessThan(whole)
  })

  it('run a slice unless the environment names a piece of theirs', () => {
    expect(extentOf('resets', undefined)).toEqual({ first: 0, count: PARTS.resets.slice })
    expect(extentOf('resets', 'transfers:0+5')).toEqual({ first: 0, count: PARTS.resets.slice })
    expect(extentOf('resets', 'resets:500+250')).toEqual({ first: 500, count: 250 })
  })

  it('that go through cases take a slice from all over them, a piece as it stands, and no other number of cases', () => {
    const stations = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    expect(casesOf('page-phone', stations, undefined, '')).toEqual(['a', 'f'])
    expect(casesOf('page-phone', stations, undefined, 'page-phone:0+9').sort()).toEqual(stations)
    expect(casesOf('page-phone', stations, undefined, 'page-phone:7+2')).toEqual(['i', 'e'])
    expect(() => casesOf('page-phone', stations.slice(1), undefined, '')).toThrow(
      'page-phone has a whole of 9 cases, and there are 8',
    )
  })

  it.each(['resets', 'resets:5', 'resets:0+0', 'no-such:0+1', 'resets:-1+5', 'resets:0+5x'])(
    'refuse %j, with what it takes: a run that judged nothing would pass',
    (variable) => {
      expect(() => extentOf('resets', variable)).toThrow(/PART:FIRST\+COUNT, for example resets:0\+250/)
    },
  )
})

describe('what has passed before', () => {
  const kept = (text: string) => readPassed(() => text, 'this tree')

  it('is not run again on the same tree, and is on another', () => {
    expect(kept('{"tree":"this tree","passed":{"resets:0+250":7.5}}')).toEqual({ 'resets:0+250': 7.5 })
    expect(kept('{"tree":"another","passed":{"resets:0+250":7.5}}')).toEqual({})
  })

  it.each(['', '{', 'null', '[]', '{"tree":"this tree"}', '{"tree":"this tree","passed":{"x":"y"}}'])(
    'is nothing when the file says %j',
    (text) => {
      expect(kept(text)).toEqual({})
    },
  )

  it('is nothing when there is no file', () => {
    const missing = (): string => readFileSync('/no/such/file', 'utf8')
    expect(readPassed(missing, 'this tree')).toEqual({})
  })
})

describe('npm run judge', () => {
  const judge = (...words: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'test/judge/judge.ts', ...words], { cwd: root, encoding: 'utf8' })

  it('lists the parts', () => {
    const { status, stdout } = judge('--list')
    expect(status).toBe(0)
    for (const name of NAMES) expect(stdout).toMatch(new RegExp(`^${name} +\\d`, 'm'))
    for (const file of NAMES.flatMap(filesOf)) expect(existsSync(join(root, file))).toBe(true)
  })

  it.each([[['--only', 'nothing']], [['--onl']], [['transfers']]])('answers %j with what it takes', (words) => {
    const { status, stderr, stdout } = judge(...words)
    expect(stderr).toMatch(/^judge: .*parts: transfers/s)
    expect([status, stdout]).toEqual([2, ''])
  })
})
