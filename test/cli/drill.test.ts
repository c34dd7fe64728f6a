import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drillFaults } from '../schema/judge.js'
import { scratch } from './command.js'
import { runHere } from './here.js'

const PASSING = '// RFC 9293 3.10.7.1\n0 < S 0:0(0) win 1000\n+0 > R. 0:0(0) ack 1\n'
const FAILING = '0 < S 0:0(0) win 1000\n+0 > R. 0:0(0) ack 2\n'

function scripts(files: Record<string, string>): string {
  const folder = scratch()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

describe('linkpulse drill', () => {
  it('runs files and folders, a line each and a total', async () => {
    const folder = scripts({ 'a.pkt': PASSING, 'b.pkt': PASSING, 'notes.txt': 'no script' })
    const { status, stdout, stderr } = await runHere('drill', folder, join(folder, 'a.pkt'))
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout.split('\n').map((line) => line.slice(0, 8).trim())).toEqual(['pass', 'pass', 'pass', '3 script', ''])
    expect(stdout).toContain('3 scripts: 3 passed, 0 failed')
  })

  it('exits with 1 where an expectation fails, whatever else there is', async () => {
    const folder = scripts({ 'a.pkt': PASSING, 'b.pkt': FAILING, 'c.pkt': '0 select(1, ...) = 3\n' })
    const { status, stdout } = await runHere('drill', folder)
    expect(status).toBe(1)
    expect(stdout).toMatch(/FAIL +\S*b\.pkt:2:1: the stack sent another packet at 0\.000000: its ack is 1, not 2/)
    expect(stdout).toMatch(/sent +R\. 0:0\(0\) ack 1 win 0/)
    expect(stdout).toContain('3 scripts: 1 passed, 1 failed, 1 not run')
  })

  it('exits with 2 where a script is not run, and says why', async () => {
    const folder = scripts({ 'a.pkt': '0 select(1, ...) = 3\n', 'b.pkt': '0 listen(3\n' })
    const { status, stdout } = await runHere('drill', folder)
    expect(status).toBe(2)
    expect(stdout).toMatch(/a\.pkt:1:1: not supported: select\(\) is not supported: use poll\(\)/)
    expect(stdout).toMatch(/b\.pkt:2:1: expected "\)" or a comma after a value, but the script ends here/)
  })

  it.each(['', '// only a remark\n', '--tolerance_usecs=4000\n'])(
    'exits with 2 for a script without a statement: %j',
    async (text) => {
      const { status, stdout } = await runHere('drill', scripts({ 'a.pkt': text }))
      expect(stdout).toMatch(/^not run .*a\.pkt:1:1: there is no statement in it: it checks nothing/s)
      expect(status).toBe(2)
    },
  )

  it('exits with 2 where it is used wrongly', async () => {
    expect(await runHere('drill')).toMatchObject({ status: 2 })
    const missing = await runHere('drill', '/nowhere/x.pkt')
    expect([missing.status, missing.stderr]).toEqual([
      2,
      expect.stringContaining('cannot read /nowhere/x.pkt: there is no such file'),
    ])
    const empty = await runHere('drill', scratch())
    expect([empty.status, empty.stderr]).toEqual([
      2,
      expect.stringContaining('has no scripts: their names end in .pkt'),
    ])
  })

  it("takes packetdrill's options for every script, before what a script says itself", async () => {
    const script = `--ip_version=ipv4\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 bind(3, ..., ...) = 0
+0 getsockname(3, {sa_family=AF_INET6, sin6_port=htons(8080), sin6_addr=inet6_addr("2001:db8:7::1")}, [28]) = 0
+0 listen(3, 1) = 0\n+0 < S 0:0(0) win 1000\n+0 > S. 0:0(0) ack 1 <mss 1240>\n`
    const folder = scripts({ 'a.pkt': script })
    expect((await runHere('drill', folder)).stdout).toContain('1 failed')
    const told = ['--ip_version=ipv6', '--mtu=1300', '--local_ip=2001:db8:7::1', '--gateway_ip=2001:db8:7::2']
    const { status, stdout } = await runHere(
      'drill',
      folder,
      ...told,
      '--remote_ip=2001:db8:8::1/64',
      '--netmask_ip=ffff::',
    )
    expect([status, stdout]).toEqual([0, expect.stringContaining('1 passed')])
    expect((await runHere('drill', folder, '--ip_version=ipv6', '--local_ip=10.0.0.1')).stdout).toMatch(
      /a\.pkt:1:1: not supported: --local_ip takes the IPv6 address of a station, as 2001:db8::2, not "10\.0\.0\.1"/,
    )
    const wrong = await runHere('drill', folder, '--ip_version=ipx')
    expect([wrong.status, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('--ip_version takes one of ipv4, ipv6, ipv4-mapped-ipv6, not "ipx"'),
    ])
  })

  it('makes the choices of another stack, ignores settings, and knows what words stand for, where it is told', async () => {
    const folder = scripts({
      'like.pkt':
        '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 getsockopt(3, SOL_SOCKET, SO_RCVBUF, [65536], [4]) = 0\n',
      'sysctl.pkt': '`sysctl -q net.ipv4.tcp_rfc1337=0`\n0 < R 1:1(0)\n',
      'word.pkt': '0 socket(DOMAIN, SOCK_STREAM, IPPROTO_TCP) = 3\n',
    })
    expect((await runHere('drill', folder)).stdout).toContain('3 scripts: 0 passed, 1 failed, 2 not run')
    const told = ['--like', 'freebsd', '--ignore-sysctl', '--define', 'DOMAIN=AF_INET']
    const { status, stdout } = await runHere('drill', folder, ...told)
    expect([status, stdout]).toEqual([0, expect.stringContaining('3 scripts: 3 passed, 0 failed')])
    expect(stdout).toContain('note: net.ipv4.tcp_rfc1337=0 cannot be set here, and is ignored')
    for (const [option, value] of [
      ['--like', 'windows'],
      ['--define', 'DOMAIN'],
      ['--against', 'lwip'],
    ])
      expect(await runHere('drill', folder, option, value)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(`${option} takes `),
      })
  })

  it("runs scripts against somebody else's program, each against one of its own", async () => {
    const loop = 'while read -r call at rest; do case $call in run) echo ok $at;; *) echo ok;; esac; done'
    const folder = scripts({ 'a.pkt': '0 < R 1:1(0)\n', 'b.pkt': '0 < S 0:0(0)\n+0 > R. 0:0(0) ack 1\n' })
    const { status, stdout } = await runHere('drill', folder, '--against', `exec:sh -c '${loop}'`)
    expect([status, stdout]).toEqual([1, expect.stringContaining('2 scripts: 1 passed, 1 failed')])
    expect(stdout).toMatch(/b\.pkt:2:1: nothing was sent by 0\.004000/)
    const gone = await runHere('drill', folder, '--against', 'exec:true')
    expect([gone.status, gone.stdout]).toEqual([2, expect.stringContaining('a.pkt:1:1: the program under test ended')])
  })

  it('prints one JSON document, and keeps the frames', async () => {
    const folder = scripts({ 'a.pkt': FAILING })
    const capture = join(folder, 'out.pcapng')
    const { status, stdout } = await runHere('drill', folder, '--json', '--capture', capture)
    expect(status).toBe(1)
    expect(drillFaults(JSON.parse(stdout))).toEqual([])
    expect(JSON.parse(stdout)).toMatchObject({
      total: 1,
      failed: 1,
      scripts: [{ verdict: 'fail', failure: { line: 2 } }],
    })
    const octets = readFileSync(capture)
    // A section header, an interface, and the SYN, ARP both ways or not, and the reset.
    expect(octets.readUInt32LE(0)).toBe(0x0a0d0d0a)
    expect(octets.length).toBeGreaterThan(300)
  })

  it('tells what happened in scripts that pass, when asked', async () => {
    const { stdout } = await runHere('drill', '--trace', join(scripts({ 'a.pkt': PASSING }), 'a.pkt'))
    expect(stdout).toContain('0.000000  the stack sends R. 0:0(0) ack 1 win 0')
  })
})
