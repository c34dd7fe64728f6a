/** Keeps a page's end of a class: commands in, what is to be shown out, at most so often. */
import { later } from '../../event-loop.js'
import { told } from '../words/told.js'
import { ClassMember, type ClassRole } from './class-member.js'
import type { ClassSocket } from './class-socket.js'
import type { ClassCommand, ClassMessage } from './class-view.js'
import type { ClassData } from './message.js'

/** Between two views, in milliseconds of wall time. */
const LEAST_MILLISECONDS = 40

/** What is said about a socket that is being opened. */
export interface SocketWatch {
  opened(): void
  received(data: ClassData): void
  closed(): void
}

/** @throws Error where the platform has no way to open it */
export type OpenSocket = (url: string, watch: SocketWatch) => ClassSocket

export function runClass(post: (message: ClassMessage) => void, open: OpenSocket): (command: ClassCommand) => void {
  let member: ClassMember | undefined
  let due = false

  const show = () => {
    due = false
    if (member !== undefined) post({ kind: 'class', view: member.view() })
  }
  const connect = (url: string, role: ClassRole) => {
    member?.leave('left')
    let joining: ClassMember | undefined
    const changed = () => {
      if (joining !== member || due) return
      due = true
      later(LEAST_MILLISECONDS, show)
    }
    let socket: ClassSocket
    try {
      socket = open(url, {
        opened: () => joining?.opened(),
        received: (data) => joining?.receive(data),
        closed: () => joining?.closed(),
      })
    } catch (error) {
      member = undefined
      post({ kind: 'class', view: { kind: 'out', why: told('class.out.no-socket', { why: String(error) }) } })
      return
    }
    const file = (from: string, name: string, octets: Uint8Array) => post({ kind: 'class-file', from, name, octets })
    joining = new ClassMember({ socket, role, changed, file })
    member = joining
    show()
  }
  return (command) => {
    switch (command.kind) {
      case 'class-join':
        connect(command.url, { kind: 'learner', name: command.name, code: command.code })
        break
      case 'class-teach':
        connect(command.url, { kind: 'teacher', key: command.key })
        break
      case 'class-do':
        member?.do(command.deed)
        break
      case 'class-rule':
        member?.rule(command.rule)
        break
      case 'class-leave':
        member?.leave(command.why)
        break
    }
  }
}
