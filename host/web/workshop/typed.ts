/**
 * What is being typed into the fields, before it is a setting, and what was chosen, before the simulation has heard of it: a snapshot that comes
 * meanwhile must not take it away.
 */
import { signal } from '@preact/signals'
import type { WorkshopCommand } from '../../workshop/protocol.js'
import { send, snapshot } from './connection.js'

interface Typed {
  readonly text: string
  /** The command that sets it; undefined: it is still being typed. */
  readonly command: number | undefined
}

/** By the name of a setting, or of whatever else has a field. */
const typed = signal<Readonly<Record<string, Typed>>>({})

/** @returns undefined where what is set stands in the field */
function shownInstead(name: string): string | undefined {
  const { [name]: own } = typed.value
  if (own === undefined) return undefined
  return own.command === undefined || own.command > snapshot.value!.done ? own.text : undefined
}

export function type(name: string, text: string): void {
  typed.value = { ...typed.peek(), [name]: { text, command: undefined } }
}

/** What a field shows: `set` where nothing was typed or chosen, or that has been carried out, or refused. */
export function shownText(name: string, set: string): string {
  return shownInstead(name) ?? set
}

/** What the field of a setting shows. */
export function textIn(name: string): string {
  return shownText(name, snapshot.value!.settings[name])
}

/** Shows what was chosen at once; what comes of the command is shown when it has come of it. */
export function choose(name: string, text: string, command: WorkshopCommand): void {
  typed.value = { ...typed.peek(), [name]: { text, command: send(command) } }
}

/** @param value left out: what was typed, or what is set */
export function set(name: string, value = textIn(name)): string {
  choose(name, value, { kind: 'do', deed: { kind: 'set', name, value } })
  return value
}

/** The station is another, or as it was. */
export function forgetTyped(): void {
  typed.value = {}
}
