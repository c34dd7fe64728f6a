/** Boards on a TAP device of the kernel: one that runs the stack itself, and one whose chip is driven across the serial bridge. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { cli } from '../cli/command.js'
import { variation } from '../judge/variations.js'
import { sha256, sha256OfRandomFile } from './files.js'
import { Namespace, noNamespaces } from './namespace.js'
import { judgeByTshark } from './tshark.js'

const reason = noNamespaces()

describe.skipIf(reason !== undefined)(
  `a board on a TAP device${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let namespace: Namespace
    afterEach(() => namespace.close())

    it('model:uno answers ping and curl with the memory of an Uno, and shows its state', async () => {
      namespace = new Namespace()
      const capture = join(namespace.folder, 'uno.pcapng')
      const wire = ['--tap', 'lp0', '--address', '10.9.0.2/24', '--services', 'echo,http', '--capture', capture]
      const up = await namespace.up('model:uno', ...wire)
      const ping = await namespace.ping(5, '10.9.0.2')
      expect(ping.stdout).toMatch(/5 received, 0% packet loss/)
      const page = await namespace.run('curl', '-sS', '-m', '60', 'http://10.9.0.2/')
      expect(page.stderr).toBe('')
      expect(page.stdout).toContain('<h1>Arduino Uno')
      const file = await namespace.run('curl', '-sS', '-m', '100', '-o', 'got', 'http://10.9.0.2/random/20000')
      expect(file.stderr).toBe('')
      expect(sha256(readFileSync(join(namespace.folder, 'got')))).toBe(sha256OfRandomFile(20_000))
      const stat = await namespace.stat()
      expect(stat.memory.limit).toBe(1_536)
      expect(stat.memory.peak).toBeLessThanOrEqual(1_536)
      expect(stat).toMatchObject({ target: 'model:uno', board: 'uno', state: { on: { link: 'up' } } })
      expect((await namespace.interrupt(up)).status).toBe(0)
      expect(judgeByTshark(capture).wrong).toEqual([])
    })

    variation('model:uno has its own services, as the README shows it, unless it is told to have none', async () => {
      namespace = new Namespace()
      const up = await namespace.up('model:uno', '--tap', 'lp0', '--address', '10.9.0.2/24')
      const page = await namespace.run('curl', '-sS', '-m', '60', 'http://10.9.0.2/')
      expect(page.stderr).toBe('')
      expect(page.stdout).toContain('<h1>Arduino Uno')
      expect((await namespace.interrupt(up)).status).toBe(0)
      const silent = await namespace.up('model:uno', '--tap', 'lp0', '--address', '10.9.0.2/24', '--services', 'none')
      const refused = await namespace.run('curl', '-sS', '-m', '60', 'http://10.9.0.2/')
      expect(refused.stderr).toMatch(/refused|Couldn't connect/)
      await namespace.interrupt(silent)
    })

    it('a stack that no DHCP server has answered ends at the first signal', async () => {
      namespace = new Namespace()
      const words = ['net', 'up', 'stack:', '--tap', 'lp0', '--dhcp', '--kernel-address', '10.9.0.1/24']
      const up = namespace.linkpulse(...words)
      while ((await namespace.linkpulse('net', 'stat', 'lp0').ended).status !== 0);
      up.process.kill('SIGTERM')
      expect(await up.ended).toMatchObject({ status: 0, stdout: '' })
    })

    it('avr:uno answers ping and echoes: the stack runs here, its chip is on an emulated ATmega328P', async () => {
      namespace = new Namespace()
      const up = await namespace.up('avr:uno', '--tap', 'lp0', '--address', '10.9.0.2/24', '--services', 'echo')
      const ping = await namespace.ping(5, '10.9.0.2')
      expect(ping.stdout).toMatch(/5 received, 0% packet loss/)
      const nc = await namespace.start(['nc.openbsd', '-N', '-w', '30', '10.9.0.2', '7'], 'across the bridge\n').ended
      expect(nc.stdout).toBe('across the bridge\n')
      expect((await namespace.interrupt(up)).status).toBe(0)
    })

    it('is watched while it runs: net stat, net capture', async () => {
      namespace = new Namespace()
      const up = await namespace.up('stack:', '--tap', 'lp0', '--address', '10.9.0.2/24')
      const lines = namespace.linkpulse('net', 'capture', '-c', '4')
      const file = namespace.linkpulse('net', 'capture', 'lp0', '-c', '4', '-o', 'watched.pcapng')
      // Both have to be there first, however long they take to start
      const pings = namespace.start(['ping', '-i', '0.1', '-c', '300', '10.9.0.2'])
      await Promise.all([lines.ended, file.ended])
      pings.process.kill('SIGINT')
      expect((await lines.ended).stdout).toMatch(/^\d\d:\d\d:\d\d\.\d{6} (in |out) (IP|ARP).*\n/)
      expect((await lines.ended).status).toBe(0)
      expect((await file.ended).status).toBe(0)
      expect(judgeByTshark(join(namespace.folder, 'watched.pcapng'))).toMatchObject({ frames: 4, wrong: [] })
      const stat = await namespace.linkpulse('net', 'stat', 'lp0').ended
      expect(stat.stdout).toMatch(/^stack: up for .*\n\ninterface lp0: 10\.9\.0\.2\/24, station 02:4c:/)
      const second = await namespace.up('stack:', '--tap', 'lp1', '--address', '10.9.1.2/24', '--for', '30')
      const which = await namespace.linkpulse('net', 'stat').ended
      expect(which.stderr).toMatch(/several .* are running; name one of them .* lp0 .* lp1 /)
      expect(which.status).toBe(2)
      await namespace.interrupt(second)
      await namespace.interrupt(up)
    })

    it('says what is needed where there is no permission (exit status 3)', async () => {
      namespace = new Namespace()
      const words = [process.execPath, cli, 'net', 'up', 'stack:', '--tap', 'lp0', '--address', '10.9.0.2/24']
      const { status, stderr } = await namespace.run(
        'setpriv',
        '--reuid=65534',
        '--regid=65534',
        '--clear-groups',
        '--bounding-set=-all',
        ...words,
      )
      expect(stderr).toMatch(
        /it needs root or CAP_NET_ADMIN\. Run it with sudo, or make the device yours once: sudo ip tuntap add dev lp0 mode tap user \$USER/,
      )
      expect(status).toBe(3)
    })
  },
)
