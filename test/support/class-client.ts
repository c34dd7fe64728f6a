/** `linkpulse workshop --class`, and learners of it in Node: the station's own code over a WebSocket. */
import { WebSocket } from 'ws'
import { ClassMember, type ClassRole } from '../../host/workshop/class/class-member.js'
import type { ClassView, MemberView } from '../../host/workshop/class/class-view.js'
import { start, until } from '../cli/command.js'

export interface RunningClass {
  /** `http://127.0.0.1:8017/` */
  readonly address: string
  /** `127.0.0.1:8017` */
  readonly host: string
  readonly code: string
  readonly key: string
  /** Ends it as a person does. @returns its exit status */
  end(): Promise<number | null>
}

/** @param words behind `workshop --class --port 0` */
export async function startClass(...words: readonly string[]): Promise<RunningClass> {
  const running = start(['workshop', '--class', '--port', '0', ...words])
  let over = false
  void running.ended.then(() => {
    over = true
  })
  await until(() => over || /^teacher .*\n/m.test(running.stdout()))
  if (over) throw new Error(`it ended: ${(await running.ended).stderr}`)
  const said = running.stdout()
  const [address] = said.split('\n')
  return {
    address,
    host: new URL(address).host,
    code: /^code (.*)$/m.exec(said)![1],
    key: /teacher=(.*)$/m.exec(said)![1],
    async end() {
      running.process.kill('SIGINT')
      return (await running.ended).status
    },
  }
}

export interface ReceivedFile {
  readonly from: string
  readonly name: string
  readonly octets: Uint8Array
}

export class ClassClient {
  readonly member: ClassMember
  readonly files: ReceivedFile[] = []
  readonly #waiting = new Set<() => void>()

  constructor({ host }: Pick<RunningClass, 'host'>, role: ClassRole) {
    const socket = new WebSocket(`ws://${host}/class`, { origin: `http://${host}` })
    this.member = new ClassMember({
      socket: {
        send(data) {
          if (socket.readyState === WebSocket.OPEN) socket.send(data)
        },
        close: () => socket.close(),
        get waiting() {
          return socket.bufferedAmount
        },
      },
      role,
      changed: () => this.#changed(),
      file: (from, name, octets) => {
        this.files.push({ from, name, octets })
        this.#changed()
      },
    })
    socket.on('open', () => this.member.opened())
    socket.on('message', (data: Buffer, isBinary) => this.member.receive(isBinary ? data : data.toString('utf8')))
    socket.on('error', () => this.member.closed())
    socket.on('close', () => this.member.closed())
  }

  get view(): ClassView {
    return this.member.view()
  }

  /** @throws Error where it is not on the wire */
  get here(): MemberView {
    const { view } = this
    if (view.kind !== 'member') throw new Error(`not on the wire: ${JSON.stringify(view)}`)
    return view.member
  }

  /** Looks again whenever something changed. */
  async until(holds: (client: ClassClient) => boolean): Promise<void> {
    while (!holds(this)) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  /** As long as it is on the wire: whoever is thrown out meanwhile is no reason to wait for ever. */
  untilHere(holds: (here: MemberView) => boolean): Promise<void> {
    return this.until(({ view }) => view.kind !== 'joining' && holds(this.here))
  }

  untilTold(key: string, values: Readonly<Record<string, unknown>> = {}): Promise<void> {
    return this.untilHere(({ log }) =>
      log.some(
        ({ told }) => told.key === key && Object.entries(values).every(([name, value]) => told.values[name] === value),
      ),
    )
  }

  /** Pings until it is answered: on a wire with collisions, and a machine that is busy, one may be lost. */
  async ping(address: string): Promise<void> {
    const outcome = () =>
      this.here.log.findLast(({ told: { key } }) => key === 'class.ping.answer' || key === 'class.failed.to')
    for (;;) {
      const before = outcome()
      this.member.do({ kind: 'ping', to: address })
      await this.untilHere(() => outcome() !== before)
      if (outcome()?.told.key === 'class.ping.answer') return
    }
  }

  #changed(): void {
    for (const go of [...this.#waiting]) {
      this.#waiting.delete(go)
      go()
    }
  }
}

/** A learner on the wire, with its link up. */
export async function joinClass(lesson: RunningClass, name: string): Promise<ClassClient> {
  const client = new ClassClient(lesson, { kind: 'learner', name, code: lesson.code })
  await client.untilHere(({ linkUp }) => linkUp)
  return client
}
