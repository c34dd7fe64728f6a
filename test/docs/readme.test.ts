import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOmission, printed, READMES, ROOT, shown } from './shown.js'

/** A measured time moves with every change to what is simulated; that there is one, and its limit, is what counts. */
const withoutTimes = (line: string) => line.replace(/[\d.]+ ms/, '# ms')

describe.each(READMES)('%s', (file) => {
  const blocks = shown(readFileSync(join(ROOT, file), 'utf8'))

  it('shows the check of a good board and of a broken one, an echo, and a handshake', () => {
    expect(blocks.map(({ command }) => command)).toEqual([
      'check model:uno',
      'check model:uno --fault miso-open',
      'net ping 192.168.7.2 --count 2',
      'drill test/drill/handshake-active.pkt --trace',
    ])
  })

  it.each(blocks)('shows what `linkpulse $command` prints (otherwise: `make docs`)', ({ command, lines }) => {
    const now = printed(command).map(withoutTimes)
    let from = 0
    for (const line of lines) {
      if (line === '' || isOmission(line)) continue
      const at = now.indexOf(withoutTimes(line), from)
      expect(at, `not printed, or not in this order: ${line}`).toBeGreaterThanOrEqual(0)
      from = at + 1
    }
  })
})
