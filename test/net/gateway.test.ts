/** A gateway on a computer that has a network: another host of the kernel's, on networks of the Internet's numbers, in namespaces of their own. */

import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Namespace, noNamespaces } from './namespace.js'

const BOARD = fileURLToPath(new URL('./gateway-board.ts', import.meta.url))

const reason = noNamespaces()

/** Numbers that are somebody's on the Internet, and nobody's in these namespaces but the far host's. */
const FAR = { ipv4: '9.8.7.6', ipv6: '2600:7::6' }

describe.skipIf(reason !== undefined)(
  `a gateway and a host of the kernel's that is elsewhere${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let near: Namespace
    let far: Namespace

    beforeAll(async () => {
      near = new Namespace({ ipv6: true })
      far = new Namespace({ ipv6: true })
      near.must('ip', 'link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1', 'netns', far.name)
      // A network that the computer is on, with numbers that are not private.
      for (const [side, device, host] of [
        [near, 'v0', 1],
        [far, 'v1', 2],
      ] as const) {
        side.must('ip', 'addr', 'add', `9.9.0.${host}/24`, 'dev', device)
        side.must('ip', '-6', 'addr', 'add', `2600:9::${host}/64`, 'dev', device, 'nodad')
        side.must('ip', 'link', 'set', device, 'up')
      }
      far.must('ip', 'addr', 'add', `${FAR.ipv4}/32`, 'dev', 'lo')
      far.must('ip', '-6', 'addr', 'add', `${FAR.ipv6}/128`, 'dev', 'lo', 'nodad')
      near.must('ip', 'route', 'add', '9.8.0.0/16', 'via', '9.9.0.2')
      near.must('ip', '-6', 'route', 'add', '2600:7::/32', 'via', '2600:9::2')
      // No way to these: the kernel says so.
      near.must('ip', 'route', 'add', 'unreachable', '9.7.0.0/16')
      near.must('ip', '-6', 'route', 'add', 'unreachable', '2600:8::/32')
      // At the address that is asked: it is not the one that its kernel would answer from.
      for (const [version, address] of [
        ['4', FAR.ipv4],
        ['6', `[${FAR.ipv6}]`],
      ]) {
        far.start(['socat', `TCP${version}-LISTEN:7,fork,reuseaddr,bind=${address}`, 'EXEC:cat'])
        far.start(['socat', `UDP${version}-RECVFROM:7,fork,bind=${address}`, 'EXEC:cat'])
      }
      await far.listening(7)
    })
    afterAll(async () => {
      await near.close()
      await far.close()
    })

    it('is reached by TCP, UDP and the system’s ping, and what is not there is told as the kernel tells it', async () => {
      const asked = [FAR.ipv4, FAR.ipv6].flatMap((address) => [
        [{ tcp: address, port: 7 }, 'from the board'],
        [{ udp: address, port: 7 }, 'from the board'],
        [{ ping: address }, 'answered'],
        [{ tcp: address, port: 8 }, 'ECONNREFUSED'],
        [{ udp: address, port: 8 }, 'ECONNREFUSED'],
      ])
      // No host, or no way: a soft error (RFC 1122 4.2.3.9), of which the board may tell who asked.
      const away = [
        [{ ping: '9.7.0.1' }, 'no answer'],
        [{ udp: '9.7.0.1', port: 7 }, 'EHOSTUNREACH'],
        [{ udp: '2600:8::1', port: 7 }, 'EHOSTUNREACH'],
      ] as const
      const refused = [
        // The computer's own addresses, its neighbour's, and no way.
        [{ tcp: '9.9.0.1', port: 7 }, 'EHOSTUNREACH', 'refused: own network'],
        [{ tcp: '9.9.0.2', port: 7 }, 'EHOSTUNREACH', 'refused: own network'],
        [{ tcp: '2600:9::2', port: 7 }, 'EACCES', 'refused: own network'],
      ] as const
      const lines = [...asked, ...away, ...refused].map(([each]) => JSON.stringify(each)).join('\n')
      const job = near.start([process.execPath, '--import', import.meta.resolve('tsx'), BOARD], `${lines}\n`)
      const { status, stdout, stderr } = await job.ended
      expect(status, stderr).toBe(0)
      const answers = stdout
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line))
      expect(answers.map(({ said }, at) => [[...asked, ...away, ...refused][at][0], said])).toEqual(
        [...asked, ...away, ...refused].map(([each, said]) => [each, said]),
      )
      const { dropped } = answers.at(-1)
      expect(dropped).toEqual({
        'refused: own network': 3,
        'connection refused outside': 4,
        'echo without an answer': 1,
        'host outside not reached': 2,
      })
    })

    it('`net gateway` needs no TAP device: curl reads a board’s page through its forward', async () => {
      const job = near.linkpulse('net', 'gateway', 'model:uno', '--forward', '9.9.0.1:8080:80', '--forward', '8081:80')
      await near.until(() => /^ready /m.test(job.stdout()))
      const page = await near.run('curl', '-sS', '-i', 'http://127.0.0.1:8081/')
      expect(page.stdout).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*Arduino Uno/)
      // What was told to listen elsewhere is reached from there, and the other is not.
      expect(
        (await far.run('curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', 'http://9.9.0.1:8080/')).stdout,
      ).toBe('200')
      expect((await far.run('curl', '-sS', 'http://9.9.0.1:8081/')).status).toBe(7)
      // A request with headers of a megabyte is the board's to refuse, and it goes on.
      const long = await near.run(
        'sh',
        '-c',
        'head -c 1000000 /dev/zero | tr "\\0" a | sed "s/^/X-Long: /" > long; curl -sS -o /dev/null -w "%{http_code}" -H @long http://127.0.0.1:8081/ || true',
      )
      expect(long.stdout).toMatch(/^(431|000)$/)
      expect(
        (
          await near.run(
            'curl',
            '-sS',
            '--retry',
            '9',
            '--retry-all-errors',
            '-o',
            '/dev/null',
            '-w',
            '%{http_code}',
            'http://127.0.0.1:8081/',
          )
        ).stdout,
      ).toBe('200')
      const stat = (await near.linkpulse('net', 'stat').ended).stdout
      expect(stat).toMatch(/^gateway 192\.168\.7\.1\n/m)
      expect(stat).toMatch(/tcp {2}9\.9\.0\.1:8080 +to 192\.168\.7\.2:80/)
      expect((await near.interrupt(job)).status).toBe(0)
    })
  },
)
