/** What the documents of the workshop name for a class is there: addresses, stations, missions, faults, commands; and the plan is whole. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import { settleFault } from '../../boards/faults/settle.js'
import { COMMANDS } from '../../host/node/cli/commands.js'
import { readAddress } from '../../host/web/workshop/address.js'
import { MISSIONS, missionNamed } from '../../host/workshop/missions/missions.js'
import { acceptable } from '../../host/workshop/station.js'
import { STATIONS } from '../../host/workshop/stations/stations.js'
import { root } from '../cli/command.js'
import { WorksheetBench } from './worksheet-bench.js'

const SHEETS = readdirSync(join(root, 'docs', 'worksheets')).map((file) => `docs/worksheets/${file}`)
const DOCUMENTS = ['docs/workshop.md', 'docs/workshop.zh-CN.md', ...SHEETS]
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** `#/…` in a code span, whatever stands before it there. */
const addressesIn = (text: string): readonly string[] =>
  [...text.matchAll(/`[^`#\n]*(#\/[^`\s]*)`/g)].map(([, address]) => address)

/** What is wrong with an address; empty where nothing is. */
function wrongWith(address: string): readonly string[] {
  const { open, unknown } = readAddress(address)
  if (unknown !== undefined) return [`no station ${unknown}`]
  if (open.mission !== undefined) {
    const settings = Object.keys(open.settings)
    return missionNamed(open.mission) === undefined ? [`no mission ${open.mission}`] : settings
  }
  const station = STATIONS.find(({ name }) => name === open.station)
  if (station === undefined) return [`${open.station} is not built`]
  const wrong = Object.entries(open.settings).flatMap(([name, value]) => {
    const setting = station.settings.find((each) => each.name === name)
    return setting !== undefined && acceptable(setting, value) !== undefined ? [] : [`${name}=${value}`]
  })
  const { fault = '' } = open
  if (fault === '') return wrong
  const offered = station.faults.includes(fault.split(':')[0])
  try {
    settleFault(fault, BOARDS.get('uno')!)
  } catch (error) {
    return [...wrong, (error as Error).message]
  }
  return offered ? wrong : [...wrong, `the station has no fault ${fault}`]
}

describe.each(DOCUMENTS)('%s', (path) => {
  const text = read(path)

  it('names addresses that open what they say', () => {
    const addresses = addressesIn(text)
    expect(addresses.length).toBeGreaterThan(5)
    expect(addresses.flatMap((address) => wrongWith(address).map((wrong) => `${address}: ${wrong}`))).toEqual([])
    for (const address of new Set(addresses)) expect(() => new WorksheetBench(address)).not.toThrow()
  })

  it('names missions and commands that there are, with their options', () => {
    const missions = [...text.matchAll(/(?:mission |任务 )`([a-z-]+)`|linkpulse mission ([a-z][\w-]*)/g)].map(
      ([, named, asked]) => named ?? asked,
    )
    expect(missions.length).toBeGreaterThan(0)
    expect(missions.filter((name) => missionNamed(name) === undefined)).toEqual([])
    for (const [, name, rest] of text.matchAll(/linkpulse ([a-z]+)([^`\n#]*)/g)) {
      const command = COMMANDS.find((each) => each.name === name)
      expect(command, name).toBeDefined()
      for (const [, option] of rest.matchAll(/ --([a-z-]+)/g)) expect(Object.keys(command!.options)).toContain(option)
    }
  })

  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target)
    expect(links.length).toBeGreaterThan(1)
    expect(links.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([])
  })
})

it('what an address can be wrong in is found', () => {
  expect(wrongWith('#/rs233')).toEqual(['no station rs233'])
  expect(wrongWith('#/rs232?bauds=9600&cable=string')).toEqual(['bauds=9600', 'cable=string'])
  expect(wrongWith('#/?mission=nothing')).toEqual(['no mission nothing'])
  expect(wrongWith('#/frame?fault=serial-noise:1e-3')).toEqual(['the station has no fault serial-noise:1e-3'])
})

describe('the plan of a class', () => {
  const rows = ['docs/workshop.md', 'docs/workshop.zh-CN.md'].map((path) =>
    [...read(path).matchAll(/^\| (\d+)–(\d+) \| (.*) \|$/gm)].map(([, from, to, rest]) => ({
      from: Number(from),
      to: Number(to),
      cells: rest.split(/(?<=.|^) ?\| ?/),
      addresses: addressesIn(rest),
    })),
  )

  it('has every minute of 90, the same in both languages, by the same addresses', () => {
    const [english, chinese] = rows
    expect(english.map(({ from }) => from)).toEqual([0, ...english.slice(0, -1).map(({ to }) => to)])
    expect(english.at(-1)?.to).toBe(90)
    for (const row of [...english, ...chinese]) expect(row.cells).toHaveLength(4)
    const schedule = (plan: typeof english) => plan.map(({ from, to, addresses }) => ({ from, to, addresses }))
    expect(schedule(chinese)).toEqual(schedule(english))
  })

  it('goes through missions from the lowest station to the highest that has some', () => {
    const asked = rows[0].flatMap(({ addresses }) =>
      addresses.flatMap((address) => readAddress(address).open.mission ?? []),
    )
    const stations = asked.map((name) => missionNamed(name)!.station)
    expect(new Set(stations)).toEqual(new Set(['rs232', 'frame', 'packets', 'handshake']))
    const places = asked.map((name) => MISSIONS.findIndex((mission) => mission.name === name))
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })
})
