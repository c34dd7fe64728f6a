/**
 * The page's state in its address: `#/rs232?text=Hi&baud=9600&fault=serial-noise:1e-3&seed=7&at=0.0021&lang=zh`. What was done
 * to a station stands in `do`, so that whoever opens the link sees the same run.
 */
import { SECOND } from '../../../firmware/hal/clock.js'
import type { OpenCommand, RecordedDeed, StationDeed, WorkshopSnapshot } from '../../workshop/protocol.js'
import { STATION_NAMES, type StationName } from '../../workshop/station-names.js'

/** Names that are no settings of a station. */
const OWN = ['teacher', 'fault', 'seed', 'at', 'lang', 'do', 'mission']
const CLASS = 'class'
/** A link is no longer than what mail programs and class boards take. */
const MOST_DEEDS = 60

export interface PageAddress {
  readonly open: OpenCommand
  readonly language: string | undefined
  /** The class is asked for, by its teacher where there is a key. */
  readonly lesson: { readonly teacher: string | undefined } | undefined
  /** The name in the address that is no station's. */
  readonly unknown: string | undefined
}

/** @param hash with its `#` */
export function readAddress(hash: string): PageAddress {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const station = STATION_NAMES.find((name) => name === path)
  const values = new URLSearchParams(query)
  const seed = Number(values.get('seed') ?? '1')
  const at = Number(values.get('at') ?? 'x')
  const record = readDeeds(values.get('do') ?? '')
  const mission = values.get('mission')
  return {
    open: {
      kind: 'open',
      station: station ?? 'rs232',
      seed: Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff ? seed : 1,
      settings: Object.fromEntries([...values].filter(([name]) => !OWN.includes(name))),
      fault: values.get('fault') ?? '',
      ...(record.length === 0 ? {} : { record }),
      ...(mission === null ? {} : { mission }),
      ...(Number.isFinite(at) && at >= 0 ? { until: Math.round(at * SECOND) } : {}),
    },
    language: values.get('lang') ?? undefined,
    lesson: path === CLASS ? { teacher: values.get('teacher') ?? undefined } : undefined,
    unknown: station === undefined && path !== '' && path !== CLASS ? path : undefined,
  }
}

interface Defaults {
  readonly settings: readonly { readonly name: string; readonly default: string }[]
}

/** As the station is set now, from the beginning: what the address bar shows. */
export function writeAddress(
  { station, seed, settings, fault, mission }: WorkshopSnapshot,
  { settings: known }: Defaults,
  language: string,
): string {
  // What a mission sets is its own affair.
  if (mission !== undefined)
    return addressOf(station, { settings: {}, known, fault: '', seed, language, mission: mission.name })
  return addressOf(station, { settings, known, fault: fault === '?' ? '' : fault, seed, language })
}

/** The very run, up to this instant: what is shared. */
export function shareAddress(shown: WorkshopSnapshot, { settings: known }: Defaults, language: string): string {
  const { station, seed, opened, record, now, mission } = shown
  if (record.length > MOST_DEEDS) return writeAddress(shown, { settings: known }, language)
  return addressOf(station, {
    ...(mission === undefined
      ? { settings: opened.settings, fault: opened.fault }
      : { settings: {}, fault: '', mission: mission.name }),
    known,
    seed,
    language,
    at: now,
    deeds: writeDeeds(record),
  })
}

interface AddressParts {
  readonly settings: Readonly<Record<string, string>>
  readonly known: Defaults['settings']
  readonly fault: string
  readonly seed: number
  readonly language: string
  readonly at?: number
  readonly deeds?: string
  readonly mission?: string
}

function addressOf(station: StationName, parts: AddressParts): string {
  const { settings, known, fault, seed, language, at, deeds = '', mission } = parts
  const values = new URLSearchParams()
  if (mission !== undefined) values.set('mission', mission)
  for (const { name, default: usual } of known) {
    const value = settings[name]
    if (value !== undefined && value !== usual) values.set(name, value)
  }
  if (fault !== '') values.set('fault', fault)
  if (seed !== 1) values.set('seed', `${seed}`)
  if (deeds !== '') values.set('do', deeds)
  if (at !== undefined) values.set('at', `${at / SECOND}`)
  values.set('lang', language)
  return `#/${station}?${values}`
}

const LETTERS = {
  set: 's',
  act: 'a',
  break: 'b',
  surprise: 'u',
  task: 't',
  repair: 'r',
  probe: 'p',
  hint: 'h',
} as const

function wordsOf(deed: StationDeed): readonly string[] {
  switch (deed.kind) {
    case 'set':
      return [deed.name, deed.value]
    case 'act':
      return [deed.action, deed.argument]
    case 'break':
      return [deed.fault]
    case 'surprise':
      return [`${deed.seed}`]
    case 'repair':
      return [deed.fault]
    case 'probe':
      return [deed.probe]
    case 'task':
    case 'hint':
      return []
  }
}

function writeDeeds(record: readonly RecordedDeed[]): string {
  return record
    .map(({ executed, at, deed }) =>
      [
        executed,
        at,
        LETTERS[deed.kind],
        ...wordsOf(deed).map((word) => encodeURIComponent(word).replaceAll('~', '%7E').replaceAll('_', '%5F')),
      ].join('_'),
    )
    .join('~')
}

/** What is no deed is left out: an address is typed and cut by people. */
function readDeeds(text: string): RecordedDeed[] {
  return text.split('~').flatMap((part) => {
    const [executed, at, letter, first, second] = part.split('_')
    const when = { executed: Number(executed), at: Number(at) }
    if (!Number.isInteger(when.executed) || !Number.isFinite(when.at) || letter === undefined) return []
    const deed = readDeed(letter, decoded(first), decoded(second))
    return deed === undefined ? [] : [{ ...when, deed }]
  })
}

function decoded(word: string | undefined): string {
  return word === undefined ? '' : new URLSearchParams(`x=${word}`).get('x')!
}

function readDeed(letter: string, first: string, second: string): StationDeed | undefined {
  switch (letter) {
    case 's':
      return { kind: 'set', name: first, value: second }
    case 'a':
      return { kind: 'act', action: first, argument: second }
    case 'b':
      return { kind: 'break', fault: first }
    case 'u':
      return { kind: 'surprise', seed: Number(first) }
    case 't':
      return { kind: 'task' }
    case 'r':
      return { kind: 'repair', fault: first }
    case 'p':
      return { kind: 'probe', probe: first }
    case 'h':
      return { kind: 'hint' }
    default:
      return undefined
  }
}
