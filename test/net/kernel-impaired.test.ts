/**
 * The kernel and our stack at the ends of a bad wire: 10 % of the frames are lost each way, 5 % come twice, 25 % are overtaken,
 * all are 10 ms late. Linux has a queueing discipline for that (tc netem), which not every kernel is built with, and it works
 * in one direction; `net up --impair` works in both, everywhere.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectIdle, randomOctets, sha256, sha256OfRandomFile } from './files.js'
import { type Job, Namespace, noNamespaces } from './namespace.js'
import { judgeByTshark, LOSS, ORDINARY, unexplained } from './tshark.js'

const OURS = '10.9.0.2'
const BAD_WIRE = ['--impair', 'loss=10,duplicate=5,reorder=25,delay=10']
const NETEM = ['loss', '10%', 'duplicate', '5%', 'reorder', '25%', 'delay', '10ms']
const reason = noNamespaces()

describe.skipIf(reason !== undefined)(
  `the kernel across a bad wire${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let namespace: Namespace
    let up: Job
    const file = (name: string) => join(namespace.folder, name)

    beforeAll(async () => {
      namespace = new Namespace()
      const netem = (await namespace.run('tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', ...NETEM)).status === 0
      const bad = netem ? [] : BAD_WIRE
      const wire = ['--tap', 'lp0', '--address', `${OURS}/24`, '--services', 'all', '--capture', file('bad.pcapng')]
      up = await namespace.up('stack:', ...wire, ...bad)
      if (netem) namespace.must('tc', 'qdisc', 'add', 'dev', 'lp0', 'root', 'netem', ...NETEM)
    })
    afterAll(() => namespace.close())

    it('loses pings, or gets some twice', async () => {
      const { stdout } = await namespace.run('ping', '-c', '200', '-i', '0.005', '-q', OURS)
      expect(stdout).toMatch(/ [1-9]\d*(\.\d+)?% packet loss/)
      expect(stdout).toMatch(/\+\d+ duplicates/)
    })

    it('gets every file whole all the same: 20 curl, their SHA-256', async () => {
      const one = `curl -sS -m 110 -o part$i http://${OURS}/random/$((100000 + i))`
      const { stderr } = await namespace.run('sh', '-c', `for i in $(seq 20); do ${one} & done; wait`)
      expect(stderr).toBe('')
      for (let i = 1; i <= 20; i++) {
        expect(sha256(readFileSync(file(`part${i}`))), `part ${i}`).toBe(sha256OfRandomFile(100_000 + i))
      }
    })

    it('gets back what it sends, once and in order: 8 nc to our echo, each closing its half', async () => {
      const streams = Array.from({ length: 8 }, () => {
        const octets = randomOctets(100_000)
        return { octets, nc: namespace.start(['nc.openbsd', '-N', OURS, '7'], octets) }
      })
      for (const { octets, nc } of streams) {
        await nc.ended
        expect(sha256(nc.output())).toBe(sha256(octets))
      }
    })

    it('leaves nothing behind, and nothing in the capture that the wire does not explain', async () => {
      await expectIdle(namespace)
      expect((await namespace.interrupt(up)).status).toBe(0)
      const judgement = judgeByTshark(file('bad.pcapng'))
      expect(judgement.frames).toBeGreaterThan(3_000)
      expect(judgement.wrong).toEqual([])
      const lost = Object.keys(judgement.remarks).some((remark) => LOSS.some((pattern) => pattern.test(remark)))
      expect(lost).toBe(true)
      // What comes late finds its connection gone (RFC 9293 3.10.7.1)
      const late = /^Connection reset/
      expect(unexplained(judgement, [...ORDINARY, ...LOSS, late])).toEqual({})
    })
  },
)
