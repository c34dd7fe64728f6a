/** A class in memory: the wire and its learners, with a wall clock that a test moves. Messages cross in a turn of their own, as on a network. */

import { MILLISECOND } from '../../firmware/hal/clock.js'
import { ClassMember, type ClassRole } from '../../host/workshop/class/class-member.js'
import type { ClassSocket } from '../../host/workshop/class/class-socket.js'
import type { ClassView, MemberView } from '../../host/workshop/class/class-view.js'
import {
  CLASS_TICK_MILLISECONDS,
  type ClassConnection,
  ClassWire,
  type ClassWireOptions,
} from '../../host/workshop/class/class-wire.js'
import type { ClassState } from '../../host/workshop/class/from-wire.js'
import type { ClassData } from '../../host/workshop/class/message.js'

export const CODE = 'ABC234'
export const KEY = 'the key of the teacher'

/** A socket to the wire that says what a test says. */
export interface RawGuest {
  readonly heard: ClassData[]
  readonly socket: { waiting: number; closed: boolean }
  say(data: ClassData): void
  hangUp(): void
}

export class MemoryClass {
  readonly wire: ClassWire
  wall = 0
  readonly files: { readonly to: string; readonly from: string; readonly name: string; readonly octets: Uint8Array }[] =
    []
  /** What is on its way, in the order in which it was said. */
  readonly #way: (() => void)[] = []
  #codes = 0

  constructor(options: Partial<ClassWireOptions> = {}) {
    const drawCode = () => (this.#codes++ === 0 ? CODE : `NEW${this.#codes}`)
    this.wire = new ClassWire({ box: 'hub', places: 8, seed: 1, key: KEY, drawCode, wall: () => this.wall, ...options })
  }

  raw(origin = 'somewhere'): RawGuest {
    const heard: ClassData[] = []
    const socket = { waiting: 0, closed: false }
    const connection = this.wire.connect(
      {
        send: (data) => heard.push(data),
        close: () => {
          socket.closed = true
        },
        get waiting() {
          return socket.waiting
        },
      },
      origin,
    )
    return { heard, socket, say: (data) => connection.receive(data), hangUp: () => connection.closed() }
  }

  member(role: ClassRole | string, origin = 'somewhere'): ClassMember {
    const name = typeof role === 'string' ? role : role.kind
    let connection: ClassConnection
    let open = true
    const towards = (act: () => void) => {
      this.#way.push(() => {
        if (open) act()
      })
    }
    const socket: ClassSocket = {
      send: (data) => towards(() => connection.receive(data)),
      close: () =>
        towards(() => {
          open = false
          connection.closed()
        }),
      waiting: 0,
    }
    const member = new ClassMember({
      socket,
      role: typeof role === 'string' ? { kind: 'learner', name: role, code: CODE } : role,
      changed: () => undefined,
      file: (from, file, octets) => this.files.push({ to: name, from, name: file, octets }),
    })
    connection = this.wire.connect(
      {
        send: (data) => towards(() => member.receive(data)),
        close: () =>
          towards(() => {
            open = false
            member.closed()
          }),
        waiting: 0,
      },
      origin,
      true,
    )
    member.opened()
    this.deliver()
    return member
  }

  /** Everything that was said arrives. */
  deliver(): void {
    for (let next = this.#way.shift(); next !== undefined; next = this.#way.shift()) next()
  }

  tick(milliseconds = CLASS_TICK_MILLISECONDS): void {
    this.wall += milliseconds * MILLISECOND
    this.wire.work()
    this.deliver()
  }

  /** Time passes until it is so. @throws Error where it is not so within two minutes of the wall clock */
  until(holds: () => boolean): void {
    for (let i = 0; i < 6_000; i++) {
      if (holds()) return
      this.tick()
    }
    throw new Error('it did not come about within two minutes')
  }
}

export function memberView(member: ClassMember): MemberView {
  const view = member.view()
  if (view.kind !== 'member') throw new Error(`no member: ${JSON.stringify(view)}`)
  return view.member
}

export function teacherView(member: ClassMember): Extract<ClassView, { kind: 'teacher' }> {
  const view = member.view()
  if (view.kind !== 'teacher') throw new Error(`no teacher: ${JSON.stringify(view)}`)
  return view
}

export function whyOut(view: ClassView): string {
  if (view.kind !== 'out') throw new Error(`not out: ${view.kind}`)
  return view.why.key
}

/** Keys of what a learner was told. */
export function keysOf(member: ClassMember): readonly string[] {
  return memberView(member).log.map(({ told }) => told.key)
}

export function seatOf(state: ClassState, name: string): ClassState['seats'][number] {
  return state.seats.find((each) => each.name === name)!
}
