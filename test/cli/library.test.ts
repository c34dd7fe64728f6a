import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from './command.js'

/** Runs a module that imports the package by its name, as a user's test would. */
function runModule(source: string): { readonly stdout: string; readonly stderr: string } {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
    cwd: root,
    encoding: 'utf8',
  })
  return { stdout, stderr }
}

describe("import … from 'linkpulse'", () => {
  it('gives a lab in which a link comes up in virtual time, the same way each time', () => {
    const source = `
      import { createLab, MILLISECOND } from 'linkpulse'
      const lab = createLab({ seed: 7 })
      const board = lab.addBoard('uno', { address: '192.168.7.2/24' })
      const peer = lab.addHost({ address: '192.168.7.1/24' })
      lab.connect(board.port, peer.port, { length: 20 })
      await lab.run({ until: () => board.state.matches({ on: { link: 'up' } }) })
      console.log(lab.now)
      await lab.run({ for: 3600_000 * MILLISECOND })
      console.log(lab.now)
    `
    const first = runModule(source)
    expect(first.stderr).toBe('')
    const [up, later] = first.stdout.trim().split('\n').map(Number)
    expect(up).toBeGreaterThan(0)
    expect(later - up).toBe(3600e9)
    expect(runModule(source).stdout).toBe(first.stdout)
  })

  it('rejects with a message when what was waited for did not happen', () => {
    const { stdout } = runModule(`
      import { createLab, SECOND } from 'linkpulse'
      await createLab().run({ until: () => false, for: 2 * SECOND }).catch((error) => console.log(error.message))
    `)
    expect(stdout).toMatch(/time limit of 2 s of simulated time/)
    // There is no command line here to give an option to.
    expect(stdout).toMatch(/allow more with `for`/)
    expect(stdout).not.toMatch(/--/)
  })

  const refused: readonly (readonly [words: string, said: RegExp])[] = [
    ['createLab({ seed: -1 })', /a seed is a whole number from 0 to 4294967295; got -1/],
    ['createLab({ seed: 1.5 })', /a seed is a whole number from 0 to 4294967295; got 1\.5/],
    ['await createLab().run({})', /give `until`, a condition, or `for`, nanoseconds/],
    ['await createLab().run({ for: -1 })', /`for` is nanoseconds, 0 or more; got -1/],
    [
      `const lab = createLab(), hub = lab.addHub()
       const [a, b] = ['192.168.7.1/24', '192.168.7.1/16'].map((address) => lab.addHost({ address }))
       lab.connect(a.port, hub.ports[0])
       lab.connect(b.port, hub.ports[1])`,
      /host and host-2 are on one network, and both have the address 192\.168\.7\.1: give each its own/,
    ],
  ]
  let errors: readonly string[] = []
  beforeAll(() => {
    const tried = refused.map(
      ([words]) => `try { ${words}; told.push('') } catch (error) { told.push(error.name + ': ' + error.message) }`,
    )
    const { stdout } = runModule(`
      import { createLab } from 'linkpulse'
      const told = []
      ${tried.join('\n')}
      console.log(JSON.stringify(told))
    `)
    errors = JSON.parse(stdout) as string[]
  })

  it.each(refused.map(([words, said], at) => [words, said, at] as const))(
    'refuses, with what to do instead: %s',
    (_, said, at) => {
      expect(errors[at]).toMatch(/^(RangeError|UsageError): /)
      expect(errors[at]).toMatch(said)
    },
  )

  it('runs checks, and knows the boards and faults', () => {
    const { stdout, stderr } = runModule(`
      import { boards, faults, runChecks } from 'linkpulse'
      const report = await runChecks('model:nano', { faults: ['miso-open'], only: ['spi.miso'], seed: 3 })
      console.log(JSON.stringify([report.verdict, report.board, report.seed, faults.has('no-power'), boards.has('uno')]))
    `)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual(['fail', 'nano', 3, true, true])
  })
})
