import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unitLessDeclarations, unitLessTimers } from './duration-units.js'

const root = dirname(import.meta.dirname)

/** What stays as it is called, and why. */
const KEPT: Readonly<Record<string, string>> = {
  'firmware/net/dns/zone.ts timeToLive': 'a field of a DNS record, called and counted as RFC 1035 3.2.1 has it',
  'firmware/net/wire/dns.ts minimum': 'a field of the SOA record, likewise (3.3.13)',
}

describe('durations', () => {
  const sources = ['firmware', 'boards', 'host'].flatMap((floor) =>
    readdirSync(join(root, floor), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.(?:test|d)\.ts$/.test(name))
      .map((name) => ({ file: `${floor}/${name}`, text: readFileSync(join(root, floor, name), 'utf8') })),
  )

  it('that are no nanoseconds have their unit in their name', () => {
    expect(sources.length).toBeGreaterThan(1000)
    const found = sources.flatMap(({ file, text }) => unitLessDeclarations(text).map((each) => ({ file, ...each })))
    const kept = found.filter(({ file, name }) => Object.hasOwn(KEPT, `${file} ${name}`))
    expect(found.filter((each) => !kept.includes(each))).toEqual([])
    // An exception that no longer applies goes.
    expect(kept.map(({ file, name }) => `${file} ${name}`).sort()).toEqual(Object.keys(KEPT).sort())
  })

  it('that a timer of the platform is given are called milliseconds', () => {
    const found = sources.flatMap(({ file, text }) => {
      // Below them there is no platform.
      if (!file.startsWith('host/') || !/\b(?:setTimeout|setInterval|later)\(/.test(text)) return []
      return unitLessTimers(text, file.endsWith('x') ? 'tsx' : 'ts').map((each) => ({ file, ...each }))
    })
    expect(found).toEqual([])
  })
})

describe('the judge of durations', () => {
  it.each([
    ['/** Milliseconds until it is given up. */\nreadonly patience?: number', 'patience'],
    ['/** End of reset to the first instruction, in milliseconds. */\n  readonly startUp: number', 'startUp'],
    ['/**\n * Of a lease, in\n * seconds; an hour by default.\n */\nexport const LEASE = 3_600', 'LEASE'],
    ['/** Between two looks, ms. */\nconst TICK = 1000', 'TICK'],
    ['/** Seconds it has run. */\nget uptime(): number {', 'uptime'],
    ['/** After so many messages, in seconds. */\n#retransmission(attempts: number): number {', 'retransmission'],
    ['/** Waits so long, in cell times. */\nconst DELAY = 1.5', 'DELAY'],
  ])('finds %j', (text, name) => {
    expect(unitLessDeclarations(text).map((each) => each.name)).toEqual([name])
  })

  it.each([
    '/** Milliseconds until it is given up. */\nreadonly timeoutMilliseconds?: number',
    '/** Nanoseconds, 10 ms by default. */\nreadonly delay?: number',
    '/** Symbols a second. */\nreadonly baud: number',
    '/** Seconds since the watch began. */\nreadonly from: number',
    '/** In milliseconds. */\nconst TIMEOUT = 3 * MILLISECOND',
  ])('has nothing against %j', (text) => {
    expect(unitLessDeclarations(text)).toEqual([])
  })

  it('looks at what a timer is given', () => {
    expect(
      unitLessTimers('setTimeout(go, this.limit)\nsetTimeout(go, 5)\nlater(waitMilliseconds, go)\nlater(wait, go)'),
    ).toMatchObject([
      { line: 1, name: 'limit' },
      { line: 4, name: 'wait' },
    ])
  })
})
