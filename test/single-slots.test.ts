import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { singleSlots } from './single-slots.js'

const root = dirname(import.meta.dirname)

/** The sources of the three floors, what helps their tests included. */
function sources(): string[] {
  return ['firmware', 'boards', 'host'].flatMap((floor) =>
    readdirSync(join(root, floor), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  )
}

describe('what can be watched', () => {
  it('takes any number of listeners everywhere: no second one deafens the first (docs/README.md)', () => {
    const files = sources()
    expect(files.length).toBeGreaterThan(500)
    const found = files.flatMap((file) =>
      singleSlots(readFileSync(join(root, file), 'utf8')).map(
        ({ line, name, wrong }) => `${file}:${line} ${name}: ${wrong}`,
      ),
    )
    expect(found).toEqual([])
  })
})

describe('the judge of single slots', () => {
  it.each([
    ['class Cable { onFrame: ((frame: Frame) => void) | undefined }', 'onFrame'],
    ['class Cpu { onSleep: () => void = () => {} }', 'onSleep'],
    ['class Cpu { onSleep = () => {} }', 'onSleep'],
    ['class Chip { pins: PinObserver | undefined }', 'pins'],
    ['class Log { listener: ((finding: Finding) => void) | undefined }', 'listener'],
    ['export class Bus { protected miso: MisoListener | undefined }', 'miso'],
    ['class Clock { set onTurn(input: () => void) {} }', 'onTurn'],
    ['class Port { set heard(listener: DatagramListener | undefined) {} }', 'heard'],
    ['export interface Device { tell: (() => void) | undefined }', 'tell'],
    ['interface Device { onLink: ((up: boolean) => void) | undefined }', 'onLink'],
    ['export interface Options { onEnd?: () => void }', 'onEnd'],
    ['class Cable { onFrame(listener: () => void): void {} }', 'onFrame'],
    ['export interface Pin { onEdge(listener: () => void): void }', 'onEdge'],
    ['class Line { readonly #listeners = new Set<() => void>() }', 'listeners'],
    ['class Line { #edgeListeners: (() => void)[] = [] }', 'edgeListeners'],
  ])('finds %s', (text, name) => {
    expect(singleSlots(`\n${text}\n`)).toMatchObject([{ line: 2, name }])
  })

  it.each([
    'class Cable { onFrame(listener: (frame: Frame) => void): () => void { return this.#all.add(listener) } }',
    'export interface Pin { onEdge(listener: (high: boolean) => void): () => void }',
    'class Device { handleFrame: ((frame: Uint8Array) => void) | undefined }',
    'export interface Device { handleFrame: ((frame: Uint8Array) => void) | undefined }',
    'class Port { set handleDatagram(listener: DatagramListener | undefined) {} }',
    'export interface Options { readonly onEnd?: () => void; onLoss(why: string): void; spoil?: (frame: Uint8Array) => void }',
    'class Faults { readonly #onOpen: () => void; #told: () => void = () => {} }',
    'class Line { readonly #listeners = new Listeners<[high: boolean]>() }',
    'class Block { listener: Listener | undefined }',
    'interface Entry { callback: () => void }',
    'const options = { onLink: (up: boolean) => up }',
  ])('has nothing to say of %s', (text) => {
    expect(singleSlots(text)).toEqual([])
  })
})
