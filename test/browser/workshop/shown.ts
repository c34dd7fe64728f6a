/**
 * Each station with something to be seen on it, for what is judged, measured or photographed of all of them alike: an address that stands at
 * an instant of a run, so that every visit sees the same.
 */
import type { Browser } from 'playwright-core'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { shareAddress } from '../../../host/web/workshop/address.js'
import type { RecordedDeed, StationDeed } from '../../../host/workshop/protocol.js'
import { WorkshopSimulation } from '../../../host/workshop/simulation.js'
import { STATION_NAMES, type StationName } from '../../../host/workshop/station-names.js'
import type { SettingValues } from '../../../host/workshop/station-parts.js'
import { type WorkshopLanguage, WorkshopVisit } from './visit.js'

/** Those that are shown at an instant of their run; the bench is shown with a report, to which its run leads. */
export type InstantStation = Exclude<StationName, 'bench'>
export const INSTANT_STATIONS = STATION_NAMES.filter((name): name is InstantStation => name !== 'bench')

interface ShownRun {
  readonly settings: SettingValues
  /** What is done when, in milliseconds of virtual time. */
  readonly deeds?: readonly (readonly [at: number, deed: StationDeed])[]
  /** Milliseconds: here it stands. */
  readonly at: number
}

const act = (action: string, argument = ''): StationDeed => ({ kind: 'act', action, argument })

const SHOWN: Readonly<Record<InstantStation, ShownRun>> = {
  // In the midst of the second character
  rs232: { settings: { text: 'Hi' }, at: 1.9 },
  rj45: { settings: {}, deeds: [[400, act('send', 'Hello')]], at: 400.062 },
  // Both at once, again and again, until each has got through
  frame: { settings: {}, deeds: [[50, act('both')]], at: 50.5 },
  controller: {
    settings: {},
    deeds: [
      [300, { kind: 'set', name: 'driver', value: 'hand' }],
      [310, act('init')],
      [600, act('receive', 'Hello')],
      [602, act('receive', 'Hello')],
      [604, act('receive', 'Hello')],
      [606, act('read')],
    ],
    at: 610,
  },
  packets: { settings: { mtu: '576', size: '1000' }, deeds: [[100, act('ping')]], at: 108.2 },
  // The answer is lost; both ends mend it.
  handshake: { settings: { plan: '2-drop' }, at: 1_200 },
  socket: {
    settings: {},
    deeds: [
      [50, act('server-run')],
      [100, act('client-run')],
    ],
    at: 290,
  },
  layers: { settings: { look: 'd4' }, deeds: [[50, act('send')]], at: 60 },
}

function settle(simulation: WorkshopSimulation): void {
  while (simulation.work() !== undefined);
}

/** Behind the file: `#/rs232?text=Hi&at=0.0019`. */
function shownAddress(station: InstantStation, language: WorkshopLanguage): string {
  const { settings, deeds = [], at } = SHOWN[station]
  const simulation = new WorkshopSimulation()
  let record: readonly RecordedDeed[] = []
  const goTo = (until: number) => {
    simulation.receive({ kind: 'open', station, seed: 1, settings, record, until: until * MILLISECOND })
    settle(simulation)
  }
  for (const [when, deed] of deeds) {
    goTo(when)
    simulation.receive({ kind: 'do', deed })
    settle(simulation)
    ;({ record } = simulation.snapshot())
  }
  goTo(at)
  return shareAddress(simulation.snapshot(), simulation.describe(), language)
}

/** A board whose chip hears nothing, and what the checks of the SPI wires say of it. */
async function visitBench(browser: Browser, language: WorkshopLanguage): Promise<WorkshopVisit> {
  const visit = await WorkshopVisit.begin(browser, '#/bench?fault=mosi-open&seed=5&only=spi', language)
  await visit.page.getByRole('button', { name: visit.word('bench.act.check'), exact: true }).click()
  await visit.until(
    ({ scene, pace }) => scene.kind === 'bench' && scene.suite?.report !== undefined && pace === 'resting',
  )
  await visit.page.locator('.diagnosis li[data-cause]').first().waitFor()
  return visit
}

export async function visitShown(
  browser: Browser,
  station: StationName,
  language: WorkshopLanguage,
): Promise<WorkshopVisit> {
  if (station === 'bench') return visitBench(browser, language)
  const visit = await WorkshopVisit.begin(browser, shownAddress(station, language), language)
  const { at } = SHOWN[station]
  await visit.until(({ pace, now }) => pace === 'paused' && now >= at * MILLISECOND)
  return visit
}
