/** `linkpulse audit` as a person types it: what it prints, its document, its capture, its exit statuses. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratch } from '../cli/command.js'
import { runHere } from '../cli/here.js'
import { faultsByItsSchema } from '../schema/judge.js'
import { capturePath, NO_CAPTURES } from './captures.js'

const folder = scratch()
const at = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** 8N1 at 9600 baud; `levels` a bit each. */
const csv = (levels: string): string =>
  `Time [s],RX\n${[...levels].map((level, i) => `${i / 9600},${level}\n`).join('')}`

const RIGHT = csv(`111${'0100000101'.repeat(16)}111`)
const NO_STOP_BIT = csv(`111${'0100000101'.repeat(16)}0100000100111111111111`)

describe('linkpulse audit', () => {
  it('ends with 0 where nothing is wrong, 1 where something is, 2 where nothing can be read', async () => {
    expect(await runHere('audit', at('right.csv', RIGHT))).toMatchObject({ status: 0 })
    const wrong = await runHere('audit', at('wrong.csv', NO_STOP_BIT))
    expect(wrong).toMatchObject({ status: 1 })
    expect(wrong.stdout).toMatch(/1 × no stop bit/)
    expect(wrong.stdout).toMatch(/Verdict: something is wrong/)
    expect(await runHere('audit', at('empty.csv', ''))).toMatchObject({ status: 2, stdout: '' })
    expect(await runHere('audit', join(folder, 'none.sr'))).toMatchObject({ status: 2, stdout: '' })
  })

  it('says what channels there are and how to name them where it knows none', async () => {
    const quiet = at('quiet.csv', 'Time [s],Left,Right\n0,1,0\n1,0,0\n')
    const { status, stderr } = await runHere('audit', quiet)
    expect(status).toBe(2)
    expect(stderr).toMatch(/--cs D0 --sck D1 --mosi D2 --miso D3/)
    expect(stderr).toMatch(/D0 Left: 1, D1 Right: 0/)
    expect((await runHere('audit', quiet, '--cs', 'Middle')).stderr).toMatch(/no channel "Middle" for --cs/)
    expect((await runHere('audit', quiet, '--uart', 'Left', '--cs', 'Right')).stderr).toMatch(/one or the other/)
    expect((await runHere('audit', quiet, '--uart', 'Left', '--format', '4N1')).stderr).toMatch(/--format takes/)
  })

  it('prints a document of its published schema, of a UART and of an SPI', async () => {
    const uart = await runHere('audit', at('right.csv', RIGHT), '--json')
    expect(faultsByItsSchema(JSON.parse(uart.stdout))).toEqual([])
    expect(JSON.parse(uart.stdout)).toMatchObject({
      verdict: 'right',
      spi: null,
      uarts: [{ channel: 'RX', baud: 9600, format: '8N1', count: 16 }],
    })
  })

  it('writes the frames of silicon, and tshark reads them', async ({ skip }) => {
    const path = capturePath('enc28j60-init-and-ping.sr')
    if (path === undefined) return skip(NO_CAPTURES)
    const capture = join(folder, 'ping.pcapng')
    const { status, stdout } = await runHere('audit', path, '--capture', capture, '--json')
    expect(status).toBe(0)
    const document = JSON.parse(stdout)
    expect(faultsByItsSchema(document)).toEqual([])
    expect(document.spi).toMatchObject({ misuse: [], received: 2, sent: 2, unread: 3, model: 'B7', revision: null })
    // FCS checked: it is that which the chip put behind the frame, or computed
    const fields = ['-e', 'icmp.type', '-e', 'icmp.seq', '-e', 'eth.fcs.status']
    const shown = execFileSync('tshark', ['-o', 'eth.check_fcs:TRUE', '-r', capture, '-T', 'fields', ...fields], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(shown.trim().split('\n')).toEqual(['8\t44534\t1', '8\t44535\t1', '0\t44534\t1', '0\t44535\t1'])
  })
})
