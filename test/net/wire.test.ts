/** `linkpulse check PORT --wire IFACE`: a board whose cable goes into an interface of this computer, on a veth pair of a namespace. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReportDocument } from '../../host/check/report/schema.js'
import { root, until } from '../cli/command.js'
import { variation } from '../judge/variations.js'
import { type Job, Namespace, noNamespaces } from './namespace.js'

const reason = noNamespaces()
const TSX = join(root, 'node_modules/tsx/dist/esm/index.mjs')
const BOARD = fileURLToPath(new URL('./board-on-wire.ts', import.meta.url))

describe.skipIf(reason !== undefined)(
  `a board on an interface of this computer${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let namespace: Namespace
    beforeEach(() => {
      namespace = new Namespace()
      namespace.must('ip', 'link', 'add', 'va', 'type', 'veth', 'peer', 'name', 'vb')
      namespace.must('ip', 'link', 'set', 'va', 'up')
      namespace.must('ip', 'link', 'set', 'vb', 'up')
    })
    afterEach(() => namespace.close())

    async function board(): Promise<string> {
      const job: Job = namespace.start([process.execPath, '--import', TSX, BOARD, 'vb'])
      let over = false
      void job.ended.then(() => {
        over = true
      })
      await until(() => over || job.stdout().includes('\n'))
      if (over) throw new Error((await job.ended).stderr)
      return job.stdout().trim()
    }

    it('is measured at both ends, and its recording is the same run without either', async () => {
      namespace.must('ip', 'address', 'add', '192.168.7.1/24', 'dev', 'va')
      const path = await board()
      const only = ['phy.partner', 'mac.frame-check', 'network.answers'].flatMap((check) => ['--only', check])
      const words = ['check', path, '--wire', 'va', '--json', '--record', 'run.lpr', ...only]
      const { status, stdout, stderr } = await namespace.linkpulse(...words).ended
      expect(stderr).toBe('')
      const report = JSON.parse(stdout) as ReportDocument
      expect(report.checks.map(({ id, verdict }) => [id, verdict])).toEqual([
        ['phy.partner', 'pass'],
        ['mac.frame-check', 'pass'],
        ['network.answers', 'pass'],
      ])
      expect(status).toBe(0)
      expect(report.view).toBe('bench')
      // A veth pair says that it is 10000 Mbit/s, full duplex (drivers/net/veth.c).
      expect(report.checks[0].reason).toBe('measured at the interface va of this computer: 10000 Mbit/s, full duplex')
      // 60 echoes there and back, and the ARP before them.
      const counted = report.counters['interface va during mac.frame-check']
      expect(counted.rx_packets).toBeGreaterThanOrEqual(60)
      expect(counted.tx_packets).toBeGreaterThanOrEqual(60)
      expect(counted.rx_errors).toBeUndefined()
      expect(report.counters['interface va'].rx_packets).toBeGreaterThan(counted.rx_packets)

      const again = await namespace.linkpulse('check', 'replay:run.lpr', '--json').ended
      expect(again.stdout).toBe(stdout)
    })

    variation('is refused, with the remedy, where that interface can be no partner', async () => {
      const refused = async (...words: string[]) => {
        const { status, stderr } = await namespace.linkpulse('check', '/dev/no-port', ...words).ended
        expect(status).toBe(2)
        return stderr
      }
      expect(await refused('--wire', 'va')).toMatch(/va: the interface has no IPv4 address.*ip addr add .* dev va/)
      expect(await refused('--wire', 'lo')).toMatch(/lo: that is no Ethernet interface|another network/)
      namespace.must('ip', 'address', 'add', '10.1.2.3/24', 'dev', 'va')
      expect(await refused('--wire', 'va')).toMatch(
        /va is 10\.1\.2\.3, and the board would be 192\.168\.7\.2\/24, on another network.*--address ADDRESS\/24/,
      )
      expect(await refused('--wire', 'va', '--peer', '10.1.2.3')).toMatch(/leave --peer out/)
      expect(await refused('--wire', 'nix')).toMatch(/no such interface.*va, vb/)
      const simulated = await namespace.linkpulse('check', 'model:uno', '--wire', 'va').ended
      expect(simulated.stderr).toMatch(/the cable of model:uno is simulated/)
    })
  },
)
