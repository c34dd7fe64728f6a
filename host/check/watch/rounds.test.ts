import { expect, it } from 'vitest'
import { CHECKS } from '../check-list.js'
import type { Check, Verdict } from '../types.js'
import { checksToRepeat } from './rounds.js'

function check(id: string, watched: Check<never>['watched'], needs: readonly string[] = []): Check<never> {
  const about = { id, layer: 'phy', title: '', reference: '', needs } as const
  return { ...about, ...(watched === undefined ? {} : { watched }), run: async () => ({ measurements: [] }) }
}

const LIST = [
  check('line', undefined),
  check('echo', 'quick', ['line']),
  check('link', 'always', ['line']),
  check('memory', 'quick', ['line']),
  check('self-test', undefined, ['line']),
  check('load', undefined, ['link']),
]

function repeated(seconds: Readonly<Record<string, number>>, verdicts: Readonly<Record<string, Verdict>> = {}) {
  const first = LIST.map(({ id }) => ({ id, verdict: verdicts[id] ?? ('pass' as const) }))
  return checksToRepeat(LIST, first, new Map(Object.entries(seconds)))
}

it('are those that are watched, with what they stand on', () => {
  expect(repeated({})).toEqual(['line', 'echo', 'link', 'memory'])
})

it('are the quickest of those that need not be there, as far as three seconds go', () => {
  expect(repeated({ link: 1, echo: 1.5, memory: 0.6 })).toEqual(['line', 'link', 'memory'])
  expect(repeated({ link: 60, echo: 0.1 })).toEqual(['line', 'link'])
})

it('have those that were in trouble, if they are quick', () => {
  expect(repeated({ load: 1 }, { 'self-test': 'fail', load: 'warn' })).toContain('load')
  expect(repeated({ load: 1 }, { 'self-test': 'fail', load: 'warn' })).toContain('self-test')
  expect(repeated({ load: 60 }, { load: 'fail' })).not.toContain('load')
})

it('are not fewer because a link was waited for in vain', () => {
  expect(repeated({ link: 6, echo: 0.1 }, { link: 'fail' })).toContain('echo')
})

it('reach from the line to the partner on every board', () => {
  const first = CHECKS.map(({ id }) => ({ id, verdict: 'pass' as const }))
  const slow = checksToRepeat(CHECKS, first, new Map(first.map(({ id }) => [id, 10])))
  expect(new Set(slow.map((id) => id.split('.')[0]))).toEqual(new Set(['serial', 'spi', 'chip', 'phy', 'mac']))
  expect(slow.length).toBeLessThan(20)
})
