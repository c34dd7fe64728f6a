/** Each station's task (but the bench's: `bench.test.ts`), done with Tab, arrows, Enter and letters; the focus is seen wherever it comes. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkshopSnapshot } from '../../../host/workshop/protocol.js'
import { casesOf } from '../../judge/parts.js'
import { closePages, sharedChromium } from '../chromium.js'
import { Keyboard } from './keyboard.js'
import { INSTANT_STATIONS, type InstantStation } from './shown.js'
import { WorkshopVisit } from './visit.js'

let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})
afterAll(closePages)

/** From taking up the task to where it is solved. */
type Solution = (visit: WorkshopVisit, keys: Keyboard) => Promise<unknown>

const tcpStates = ({ scene }: WorkshopSnapshot) =>
  scene.kind === 'handshake' ? `${scene.client.state} ${scene.server.state}` : scene.kind

const SOLUTIONS: Readonly<Record<InstantStation, Solution>> = {
  rs232: async (visit, keys) => {
    await keys.write(visit.word('rs232.set.baud'), '9120')
    await visit.until(({ settings }) => settings.baud === '9120')
    // Left as it is, the far end would go down with this one.
    await keys.press(visit.word('area.more'))
    await keys.choose(visit.word('rs232.set.farbaud'), 'farbaud', '9600')
    await keys.write(visit.word('rs232.set.text'), 'Hi', 'Enter')
  },
  rj45: async (visit, keys) => {
    await keys.choose(visit.word('rj45.set.cable'), 'cable', 'crossover')
    await visit.until(({ scene }) => scene.kind === 'rj45' && scene.near.up && scene.farJack.up)
    await keys.press(visit.word('rj45.act.send'))
  },
  frame: async (visit, keys) => {
    await keys.choose(visit.word('frame.set.c'), 'c', 'usual')
    await keys.write(visit.word('frame.set.to'), '02-00-00-00-00-0B')
    await visit.until(({ settings }) => settings.to === '02-00-00-00-00-0B')
    await keys.press(visit.word('frame.clear'))
    await visit.until(({ settings }) => settings.flips === '')
    await keys.press(visit.word('frame.act.send'), visit.word('area.stage'))
  },
  controller: async (visit, keys) => {
    await keys.choose(visit.word('controller.set.driver'), 'driver', 'firmware')
    await visit.until(
      ({ scene }) =>
        scene.kind === 'controller' && scene.link && scene.memory.pieces.every(({ kind }) => kind !== 'packet'),
    )
    await keys.press(visit.word('controller.act.receive'), visit.word('area.stage'))
  },
  packets: async (visit, keys) => {
    await keys.choose(visit.word('packets.set.mask'), 'mask', '24')
    await keys.choose(visit.word('packets.set.gateway'), 'gateway', 'router-a')
    await keys.write(visit.word('packets.set.ttl'), '3')
    await visit.until(({ settings }) => settings.ttl === '3')
    await keys.press(visit.word('packets.act.ping'))
  },
  handshake: async (visit, keys) => {
    const reach = (wanted: string) => visit.until((shown) => tcpStates(shown) === wanted)
    const [client, server] = [visit.word('ladder.end.client'), visit.word('ladder.end.server')]
    await reach('ESTABLISHED ESTABLISHED')
    // As fast as it goes, a minute of FIN-WAIT-2 is over before the next key is found on a machine that is busy.
    await keys.slow(20_000, 200_000, 1_000_000)
    await keys.press(visit.word('handshake.do.send'), client)
    await visit.until(({ scene }) => scene.kind === 'handshake' && scene.server.received === 'Hi')
    await keys.press(visit.word('handshake.do.close'), server)
    await reach('CLOSE-WAIT FIN-WAIT-2')
    await keys.press(visit.word('handshake.do.close'), client)
  },
  socket: async (visit, keys) => {
    await keys.choose(visit.word('socket.set.bindto'), 'bindto', '0.0.0.0')
    await keys.press(visit.word('socket.run'), visit.word('socket.program.server'))
    await visit.until(
      ({ scene }) => scene.kind === 'socket' && scene.server.programs[0].lines.some(({ state }) => state === 'waits'),
    )
    await keys.press(visit.word('socket.run'), visit.word('socket.program.client'))
  },
  // Three characters of three octets each, and three of one: 12 octets of text
  layers: (visit, keys) => keys.write(visit.word('layers.set.text'), '你你你abc', 'Enter'),
}

describe('the keyboard alone', () => {
  it.each(casesOf('page-keyboard', INSTANT_STATIONS))('does the task of %s', async (station) => {
    const visit = await WorkshopVisit.begin(browser, `#/${station}`)
    const keys = new Keyboard(visit)
    await keys.press(visit.word('task.take'))
    await visit.until(({ task }) => task.taken)
    await keys.free()
    await SOLUTIONS[station](visit, keys)
    await visit.until(({ task }) => task.solved)
    expect(await visit.page.getByTestId('task-state').textContent()).toContain(visit.word('task.solved'))
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})
