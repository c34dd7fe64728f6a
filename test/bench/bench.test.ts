import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { root } from '../cli/command.js'

function bench(...words: readonly string[]) {
  const all = ['--import', 'tsx', 'test/bench/bench.ts', ...words]
  return spawnSync(process.execPath, all, { cwd: root, encoding: 'utf8' })
}

describe('npm run bench', () => {
  it('lists the benchmarks', () => {
    const { status, stdout } = bench('--list')
    expect(status).toBe(0)
    expect(stdout.trim().split('\n')).toContain('wire')
  })

  it.each([
    [['--lst']],
    [['--only', 'none']],
    [['--rounds', '3']],
    [['--against', 'HEAD', '--rounds', '0']],
    [['--against', 'no-such-commit']],
  ])('answers %j with what it takes, and no stack trace (exit status 2)', (words) => {
    const { status, stderr, stdout } = bench(...words)
    expect(stderr).toMatch(/^bench: .*wire/s)
    expect(stderr).not.toMatch(/ at .*:\d+/)
    expect([status, stdout]).toEqual([2, ''])
  })
})
