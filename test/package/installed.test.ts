/** The package as somebody has it who installed it: judged by publint, by "are the types wrong", by TypeScript, by Node and by esbuild. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { build as bundle } from 'esbuild'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { captureFrames } from '../../host/capture/frames-in.js'
import { build } from '../avr/assembler.js'
import { root } from '../cli/command.js'
import { type Installed, install } from './installed.js'

const DOORS = ['linkpulse', 'linkpulse/node', 'linkpulse/web', 'linkpulse/net', 'linkpulse/serialport'] as const

let installed: Installed
beforeAll(() => {
  installed = install()
})
afterAll(() => rmSync(installed.folder, { recursive: true }))

const path = (name: string) => join(installed.folder, name)

/** Vitest, as somebody has it who tests with it. */
function vitestBeside(): void {
  const place = path('node_modules/vitest')
  if (!existsSync(place)) symlinkSync(join(root, 'node_modules/vitest'), place)
}

/** Runs a module, or with `.cjs` a script, of the project. */
function run(name: string, source: string) {
  writeFileSync(path(name), source)
  const { stdout, stderr } = spawnSync(process.execPath, [name], { cwd: installed.folder, encoding: 'utf8' })
  return { stdout, stderr }
}

describe('the installed package', () => {
  it('takes at most 14 MB, dependencies and all, and none that few need', () => {
    expect(installed.octets).toBeLessThanOrEqual(14e6)
    for (const name of ['koffi', '@resvg/resvg-js', 'dejavu-fonts-ttf', 'vitest', 'avr8js'])
      expect(installed.packages).not.toContain(name)
    expect(installed.packages).toEqual(
      expect.arrayContaining(['serialport', 'xstate', '@serialport/parser-byte-length']),
    )
  })

  it('has nothing for publint to say', async () => {
    const tarball = readFileSync(installed.tarball)
    const octets = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.length) as ArrayBuffer
    const { messages } = await publint({ pack: { tarball: octets }, level: 'warning', strict: true })
    expect(messages).toEqual([])
  })

  it('has types that are right for everybody who resolves by `exports` (are the types wrong?)', async () => {
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(installed.tarball))))
    if (result.types === false) throw new Error('no types')
    const problems = result.problems.filter((problem) => {
      // Node has required ES modules since 20.19; and before `exports` there were no doors but the first.
      if (problem.kind === 'CJSResolvesToESM') return false
      return !('resolutionKind' in problem && problem.resolutionKind === 'node10')
    })
    expect(problems).toEqual([])
  })

  it('is TypeScript’s friend: strict, exact optional properties, declarations checked, nothing of Node’s but at its own doors', () => {
    writeFileSync(
      path('browser.ts'),
      `import { createLab, MILLISECOND, NetError, openTarget, runChecks, type Report } from 'linkpulse'
       const lab = createLab({ seed: 7 })
       const board = lab.addBoard('uno', { address: '192.168.7.2/24' })
       const up: boolean = board.state.matches({ on: { link: 'up' } })
       await lab.run({ for: 10 * MILLISECOND })
       const report: Report = await runChecks('model:uno')
       const target = await openTarget('model:uno')
       const wires = target.bench?.board.wires
       export { NetError, report, up, wires }
       // @ts-expect-error there is no such option
       createLab({ sead: 1 })
      `,
    )
    writeFileSync(
      path('node.ts'),
      `import { runChecks } from 'linkpulse/node'
       import { MemoryBinding } from 'linkpulse/serialport'
       import { nodeAdapters, nodeModules, createLab } from 'linkpulse/net'
       import { openWebSerial } from 'linkpulse/web'
       const { net, dgram, dns } = nodeModules(createLab().addHost({ address: '10.0.0.1/24' }))
       const server: import('linkpulse/net').NodeServer = net.createServer((socket) => socket.end('x')).listen(80)
       export { dgram, dns, nodeAdapters, server }
       export { MemoryBinding, openWebSerial, runChecks }
      `,
    )
    writeFileSync(
      path('vitest.ts'),
      `import { arp, expect, icmp, test, type TestLab } from 'linkpulse/vitest'
       import { createLab, type Sketch } from 'linkpulse/node'
       test('typed', async ({ lab }) => {
         const typed: TestLab = lab
         const { sketch, cable } = typed.addBench('x.elf', { cs: 'D10', errata: { 12: false }, faults: ['miso-open'] })
         const match: RegExpExecArray = await sketch.serial.line(/IP: (.*)/)
         const line: string = await sketch.serial.line()
         expect(cable).toHaveSent(arp.request({ target: '1.2.3.4' }), { times: 2 })
         expect(sketch).toHavePrinted(line + match[0])
         await lab.frame(icmp.echoReply(), { on: sketch })
         // @ts-expect-error there is no such field of ARP
         arp.request({ sourcePort: 3 })
         // @ts-expect-error it takes a pattern
         expect(cable).toHaveSent('arp')
       })
       const other: Sketch = createLab({ seed: 3 }).addSketch('x.hex')
       export { other }
      `,
    )
    const check = (file: string, ...more: string[]) => {
      const words = [
        file,
        '--noEmit',
        '--strict',
        '--exactOptionalPropertyTypes',
        '--noUncheckedIndexedAccess',
        ...more,
      ]
      words.push('--target', 'es2023', '--module', 'nodenext', '--skipLibCheck', 'false')
      return spawnSync(join(root, 'node_modules/.bin/tsc'), words, { cwd: installed.folder, encoding: 'utf8' }).stdout
    }
    expect(check('browser.ts', '--lib', 'es2023', '--types', '')).toBe('')
    expect(
      check('node.ts', '--lib', 'es2023,dom', '--typeRoots', join(root, 'node_modules/@types'), '--types', 'node'),
    ).toBe('')
    // vitest's own declarations are not strict enough to be checked so.
    vitestBeside()
    const types = ['--lib', 'es2023,dom', '--typeRoots', join(root, 'node_modules/@types'), '--types', 'node']
    expect(check('vitest.ts', ...types, '--skipLibCheck', 'true')).toBe('')
  })

  describe('opens by import and by require, with the same things behind it', () => {
    /** Of each door the names behind it. */
    let byImport: Readonly<Record<string, readonly string[]>>
    let byRequire: typeof byImport
    beforeAll(() => {
      const doors = JSON.stringify(DOORS)
      const list = (open: string) =>
        `const list = {}
         for (const name of ${doors}) list[name] = Object.keys(${open}(name)).sort()
         console.log(JSON.stringify(list))`
      const imported = run('doors.mjs', list('await import'))
      expect(imported.stderr).toBe('')
      byImport = JSON.parse(imported.stdout)
      byRequire = JSON.parse(run('doors.cjs', list('require')).stdout)
    })

    it.each(DOORS)('%s', (door) => {
      expect(byImport[door].length).toBeGreaterThan(0)
      expect(byRequire[door].filter((name) => name !== '__esModule')).toEqual(byImport[door])
    })
  })

  it('works: a check and a lab, from an ES module and from a script', () => {
    const work = `.then(({ runChecks }) => runChecks('model:uno')).then(({ verdict }) => console.log(verdict))`
    expect(run('work.mjs', `import('linkpulse')${work}`).stdout).toBe('pass\n')
    expect(run('work.cjs', `Promise.resolve(require('linkpulse/node'))${work}`).stdout).toBe('pass\n')
  })

  it.each(['linkpulse', 'linkpulse/web', 'linkpulse/net'])(
    'bundles %s for a browser, with no stub and no polyfill',
    async (door) => {
      const { outputFiles, warnings } = await bundle({
        stdin: { contents: `export * from '${door}'`, resolveDir: installed.folder },
        bundle: true,
        format: 'esm',
        platform: 'browser',
        write: false,
        logLevel: 'silent',
      })
      expect(warnings).toEqual([])
      expect(/.{0,60}(from ?["']node:|\brequire\().{0,60}/.exec(outputFiles[0].text)?.[0]).toBeUndefined()
    },
  )

  it('gives each of vitest’s tests a lab of its own', () => {
    vitestBeside()
    writeFileSync(
      path('lab.test.ts'),
      `import { describe } from 'vitest'
       import { expect, test } from 'linkpulse/vitest'
       test('a link comes up', async ({ lab }) => {
         const [a, b] = ['10.0.0.1/24', '10.0.0.2/24'].map((address) => lab.addHost({ address }))
         lab.connect(a.port, b.port)
         await lab.run({ until: () => a.network.linkUp })
         expect(lab.now).toBeGreaterThan(0)
       })
       test('the next begins at its own beginning', ({ lab }) => expect([lab.now, lab.hosts.length]).toEqual([0, 0]))
       test('what waits does not hold up the end', ({ lab }) => {
         lab.clock.after(1000, function again() { lab.clock.after(1000, again) })
         void lab.run({ until: () => false, for: 3600e9 })
       })
       describe('with options', () => {
         test.override({ labOptions: { seed: 9, pace: { speed: 5 } } })
         test('they are the lab’s', ({ lab }) => expect(lab.pace.speed).toBe(5))
       })
      `,
    )
    // And the one that docs/library.md shows.
    const page = readFileSync(join(root, 'docs/library.md'), 'utf8')
    writeFileSync(path('shown.test.ts'), /```ts\n(.*?)```/s.exec(page)?.[1] ?? '')
    const words = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json']
    const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: installed.folder, encoding: 'utf8' })
    const { numPassedTests, numFailedTests } = JSON.parse(stdout || `{"error": ${JSON.stringify(stderr)}}`)
    expect([numPassedTests, numFailedTests], stderr + stdout).toEqual([5, 0])
  })

  it('tells the story of a test that failed, with the seed, the command that runs it again, and the frames', () => {
    vitestBeside()
    writeFileSync(path('ping.hex'), build([join(root, 'test/avr/sketches/ping.c')]).hex)
    writeFileSync(
      path('story.test.ts'),
      `import { arp, expect, icmp, test } from 'linkpulse/vitest'
       test('green', async ({ lab }) => {
         const { sketch, peer, cable } = lab.addBench('ping.hex', { faults: ['cable-noise:0.1V'] })
         await sketch.serial.line('up')
         await lab.run({ until: () => sketch.linkUp && peer.network.linkUp })
         expect(sketch).toHaveLink()
         peer.network.ping('192.168.7.2', {}, () => {})
         const { at } = await lab.frame(icmp.echoReply({ source: '192.168.7.2' }), { on: sketch })
         expect(peer).toHaveSent(arp.request({ target: '192.168.7.2' }), { times: 1, before: at })
         expect(cable).toHaveSent(icmp.echoRequest(), { after: 1 })
         expect(sketch).not.toHaveSent(arp.request())
         expect(sketch).toHavePrinted(/up/)
         expect(sketch).not.toHaveFinding()
         lab.assertQuiet({ allow: [arp()] })
       })
       test('board', async ({ lab }) => {
         const board = lab.addBoard('uno')
         const peer = lab.addHost({ address: '192.168.7.1/24' })
         lab.connect(board.port, peer.port)
         await lab.run({ until: () => board.state.matches({ on: { link: 'up' } }) })
         expect(board).toBeInState({ on: { link: 'up' } })
       })
       test('red frame', async ({ lab }) => {
         const { sketch, peer } = lab.addBench('ping.hex')
         await lab.run({ until: () => sketch.linkUp && peer.network.linkUp })
         peer.network.ping('192.168.7.2', {}, () => {})
         await lab.frame(icmp.echoReply())
         expect(sketch).toHaveSent(arp.request({ target: '10.0.0.1' }))
       })
       test('red quiet', async ({ lab }) => {
         const { sketch, peer } = lab.addBench('ping.hex')
         await lab.run({ until: () => sketch.linkUp && peer.network.linkUp })
         void peer.socket('ipv4', 'stream').connect({ address: '192.168.7.2', port: 7 }).catch(() => {})
         await lab.frame(arp.reply())
         lab.assertQuiet({ allow: [arp()] })
       })
       test('red serial', async ({ lab }) => {
         const { sketch } = lab.addBench('ping.hex')
         await sketch.serial.line('nope', { timeout: 1e8 })
       })
      `,
    )
    const words = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'story', '--reporter=json']
    const { stdout, stderr } = spawnSync(process.execPath, words, {
      ...{ cwd: installed.folder, encoding: 'utf8' },
      env: { ...process.env, LINKPULSE_SEED: '11' },
    })
    interface Told {
      readonly title: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }
    const { testResults } = JSON.parse(stdout || `{"error": ${JSON.stringify(stderr)}}`) as {
      readonly testResults: readonly { readonly assertionResults: readonly Told[] }[]
    }
    const all = testResults.flatMap(({ assertionResults }) => assertionResults)
    expect(all.map(({ title, status }) => `${title}: ${status}`)).toEqual([
      'green: passed',
      'board: passed',
      'red frame: failed',
      'red quiet: failed',
      'red serial: failed',
    ])
    const said = (title: string) => all.find((each) => each.title === title)?.failureMessages.join('\n') ?? ''
    expect(said('red frame')).toMatch(
      /expected an arp request frame \{ target: 10\.0\.0\.1 \} to have been sent; there were 0/,
    )
    expect(said('red frame')).toMatch(/uno to peer: IP 192\.168\.7\.2 > 192\.168\.7\.1: ICMP echo reply/)
    expect(said('red frame')).toMatch(/seed: 11, ended at [\d.]+ ms of virtual time/)
    expect(said('red frame')).toContain("again: LINKPULSE_SEED=11 npx vitest run story.test.ts -t 'red frame'")
    const [, capture] = /frames: (\S+\.pcapng)/.exec(said('red frame')) ?? []
    expect(captureFrames(readFileSync(path(capture))).length).toBeGreaterThanOrEqual(4)
    expect(said('red quiet')).toMatch(
      /the lab is not quiet:\nleft open on peer: 1\n {2}tcp 192\.168\.7\.1:\d+ to 192\.168\.7\.2:7, SYN-SENT/,
    )
    expect(said('red serial')).toMatch(
      /uno did not print a line with "nope" within 0\.1 s of simulated time: it printed "starting/,
    )
  })

  it.each([
    [['demo', 'ssh'], 'npm install ssh2, or use another demo'],
    [['serve', 'model:uno'], 'npm install koffi, or serve the board on the network with --rfc2217'],
    [
      ['scope', '--probe', 'rd', '--out', 'rd.png'],
      'npm install @resvg/resvg-js, or give --out a name that ends in .svg',
    ],
    [
      ['lab', 'check', join(import.meta.dirname, '../../docs/labs/first.yaml'), '--graph', 'lab.png'],
      'npm install @resvg/resvg-js, or give --graph a name that ends in .svg',
    ],
  ])('says what to install where something is asked of it that few need: %s', (words, remedy) => {
    const cli = path('node_modules/linkpulse/dist/cli.js')
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
      cwd: installed.folder,
      encoding: 'utf8',
    })
    expect(stderr).toContain(`which is not installed: ${remedy}`)
    // Before anything else is said.
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })

  it('says in the list of demos which needs what is not installed', () => {
    const cli = path('node_modules/linkpulse/dist/cli.js')
    const { stdout } = spawnSync(process.execPath, [cli, 'demo'], { cwd: installed.folder, encoding: 'utf8' })
    expect(stdout).toMatch(/^ssh .*\(not installed here: npm install ssh2\)$/m)
    expect(stdout.match(/not installed/g)).toHaveLength(1)
  })

  it('has a command line that checks a board and knows its version', () => {
    const cli = path('node_modules/linkpulse/dist/cli.js')
    const out = (...words: string[]) =>
      execFileSync(process.execPath, [cli, ...words], { cwd: installed.folder, encoding: 'utf8' })
    expect(out('check', 'avr:uno', '--only', 'spi')).toContain('PASS')
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    expect(out('--version')).toContain(version)
  })
})
