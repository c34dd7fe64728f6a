/** What is being typed into the fields, before it is a setting: a snapshot that comes meanwhile must not take it away. */
import { signal } from '@preact/signals'
import { snapshot } from './connection.js'

/** By the setting's name. */
const typed = signal<Readonly<Record<string, string>>>({})

export function type(name: string, text: string): void {
  typed.value = { ...typed.peek(), [name]: text }
}

/** What was typed, or what is set; from now on the field shows what is set. */
export function takeTyped(name: string): string {
  const { [name]: text = snapshot.peek()!.settings[name], ...others } = typed.peek()
  typed.value = others
  return text
}

export function textIn(name: string): string {
  return typed.value[name] ?? snapshot.value!.settings[name]
}

/** The station is another, or as it was. */
export function forgetTyped(): void {
  typed.value = {}
}
