/** `linkpulse monitor` at pseudo-terminals, across a network, and at a simulated board. */
import { describe, expect, it } from 'vitest'
import { atModem, sketch } from '../support/port-device.js'
import { ptyDevice } from '../support/pty-device.js'
import { start, until } from './command.js'
import { runHere } from './here.js'
import { closers, served } from './served.js'

describe('linkpulse monitor', () => {
  it('prints what is said with its time, and ends in good order by Ctrl-C', async () => {
    const device = ptyDevice(sketch)
    closers.push(() => device.close())
    const command = start(['monitor', device.path])
    await until(() => (command.stdout().match(/Sensor value/g) ?? []).length >= 2)
    command.process.kill('SIGINT')
    const { status, stdout } = await command.ended
    expect(stdout).toMatch(/^ +\d+\.\d{3} {2}Sensor value: \d+, t = 21\.5$/m)
    expect(stdout).toMatch(/-- this port has no control lines\n.*-- this port does not tell line errors/)
    expect(status).toBe(0)
  })

  it('sends what it is told to, and shows octets', async () => {
    const device = ptyDevice(atModem)
    closers.push(() => device.close())
    const { status, stdout } = await runHere('monitor', device.path, '--hex', '--send', 'AT\\r', '--for', '1')
    expect(stdout).toMatch(/0D 0A 4F 4B 0D 0A +\S*\.\.OK\.\./)
    expect(device.told()).toBe(3)
    expect(status).toBe(0)
  })

  it('sees the cells, the control lines and the errors of a board across a network', async () => {
    const { path } = await served('model:uno', '--rfc2217', '0', '--fault', 'serial-ttl-meets-rs232')
    const { status, stdout } = await runHere('monitor', path, '--baud', '1000000', '--hex', '--for', '2.5')
    expect(stdout).toMatch(/-- CTS (?:on|off), DSR (?:on|off), DCD (?:on|off)/)
    expect(stdout).toMatch(/-- \d+ (?:framing error|break)/)
    expect(status).toBe(0)
  })

  it('watches a simulated board in virtual time, and says what it does not take', async () => {
    const { stdout, status } = await runHere('monitor', 'model:uno', '--hex', '--for', '1')
    expect(stdout).toMatch(/ 75 6E 6F .*uno/)
    expect(status).toBe(0)
    const refused = await runHere('monitor', 'model:uno', '--send', '\\q')
    expect(refused.stderr).toMatch(/--send understands .* and "\\q" has another/)
    expect(refused.status).toBe(2)
  })
})
