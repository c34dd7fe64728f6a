/**
 * MQTT 3.1.1: programs that do not know each other tell and hear by topic, through a broker. A sensor tells, a screen that comes later hears the
 * last word, and is notified of the sensor's end too, which nobody has announced. The package mqtt-packet writes and reads the packets.
 */
import { once } from 'node:events'
import { generate, type IPublishPacket, type Packet, parser } from 'mqtt-packet'
import { keyed } from '../../text/keyed.js'
import type { NodeSocket } from '../net/socket.js'
import type { Demo, DemoStage, ServerStage } from './demo.js'
import { opened } from './serving.js'

const TEMPERATURE = 'room/temperature'
const STATE = 'room/sensor'

/** A connection as packets. */
class Packets {
  readonly #socket: NodeSocket
  readonly #came: Packet[] = []
  #waiting: (() => void) | undefined
  handle: ((packet: Packet) => void) | undefined

  constructor(socket: NodeSocket) {
    this.#socket = socket
    const reader = parser()
    reader.on('packet', (packet: Packet) => {
      if (this.handle !== undefined) return this.handle(packet)
      this.#came.push(packet)
      this.#waiting?.()
    })
    socket.on('data', (octets: Buffer) => reader.parse(octets))
  }

  send(packet: Packet): void {
    this.#socket.write(generate(packet))
  }

  /** The next, which must be one of these. @throws Error for another one */
  async expect<Command extends Packet['cmd']>(command: Command): Promise<Extract<Packet, { cmd: Command }>> {
    while (this.#came.length === 0)
      await new Promise<void>((resolve) => {
        this.#waiting = resolve
      })
    const packet = this.#came.shift()
    if (packet?.cmd !== command) throw new Error(`${command} was expected; there came ${packet?.cmd}`)
    return packet as Extract<Packet, { cmd: Command }>
  }
}

/** What tells everybody who asked for a topic, and keeps the last word of each. */
class Broker {
  readonly #stage: ServerStage
  readonly #subscribers = new Map<string, Set<Packets>>()
  readonly #retained = new Map<string, IPublishPacket>()

  constructor(stage: ServerStage) {
    this.#stage = stage
  }

  serve(socket: NodeSocket): void {
    const packets = new Packets(socket)
    let will: IPublishPacket | undefined
    packets.handle = (packet) => {
      switch (packet.cmd) {
        case 'connect':
          if (packet.will !== undefined)
            will = publish(packet.will.topic, String(packet.will.payload), packet.will.retain === true)
          this.#stage.says('server', `CONNACK to ${packet.clientId}`)
          packets.send({ cmd: 'connack', returnCode: 0, sessionPresent: false })
          break
        case 'subscribe':
          packets.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: packet.subscriptions.map(() => 0) })
          for (const { topic } of packet.subscriptions) this.#subscribe(topic, packets)
          break
        case 'publish':
          if (packet.qos === 1) packets.send({ cmd: 'puback', messageId: packet.messageId ?? 0 })
          this.#publish(packet)
          break
        case 'unsubscribe':
          for (const topic of packet.unsubscriptions) this.#subscribers.get(topic)?.delete(packets)
          packets.send({ cmd: 'unsuback', messageId: packet.messageId ?? 0, granted: [] })
          break
        case 'pingreq':
          packets.send({ cmd: 'pingresp' })
          break
        case 'disconnect':
          will = undefined
          break
      }
    }
    socket.on('error', () => {})
    socket.on('close', () => {
      for (const each of this.#subscribers.values()) each.delete(packets)
      if (will !== undefined) this.#publish(will)
    })
    socket.on('end', () => socket.end())
  }

  #subscribe(filter: string, packets: Packets): void {
    const all = this.#subscribers.get(filter) ?? new Set()
    this.#subscribers.set(filter, all.add(packets))
    for (const last of this.#retained.values())
      if (fits(last.topic, filter)) this.#tell(packets, { ...last, retain: true })
  }

  #publish(packet: IPublishPacket): void {
    if (packet.retain) this.#retained.set(packet.topic, packet)
    const all = new Set<Packets>()
    for (const [filter, each] of this.#subscribers) if (fits(packet.topic, filter)) for (const one of each) all.add(one)
    for (const each of all) this.#tell(each, { ...packet, retain: false })
  }

  #tell(packets: Packets, packet: IPublishPacket): void {
    this.#stage.says('server', inWords(packet))
    packets.send({ ...packet, qos: 0, dup: false })
  }
}

/** MQTT 4.7: `+` is any one level of a topic, `#` all that follow. */
function fits(topic: string, filter: string): boolean {
  const [levels, wanted] = [topic.split('/'), filter.split('/')]
  const rest = wanted.indexOf('#')
  if (rest < 0 ? levels.length !== wanted.length : levels.length < rest) return false
  return wanted.slice(0, rest < 0 ? undefined : rest).every((each, i) => each === '+' || each === levels[i])
}

function publish(topic: string, payload: string, retain: boolean): IPublishPacket {
  return { cmd: 'publish', topic, payload, retain, qos: 0, dup: false }
}

const inWords = ({ topic, payload, retain }: IPublishPacket) =>
  `PUBLISH ${topic}: ${JSON.stringify(String(payload))}${retain ? ' (retained)' : ''}`

async function connect(
  stage: DemoStage,
  clientId: string,
  will?: { readonly topic: string; readonly payload: Buffer; readonly retain: boolean },
): Promise<{ readonly socket: NodeSocket; readonly packets: Packets }> {
  const socket = stage.client.net.connect({ port: 1883, host: stage.serverAddress, noDelay: true })
  const packets = new Packets(socket)
  await once(socket, 'connect')
  socket.on('error', stage.fails)
  stage.says('client', `${clientId}: CONNECT${will === undefined ? '' : `, will ${will.topic}: "${will.payload}"`}`)
  const more = will === undefined ? {} : { will: { ...will, qos: 0 as const } }
  packets.send({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId,
    clean: true,
    keepalive: 60,
    ...more,
  })
  await packets.expect('connack')
  return { socket, packets }
}

/** Tells by QoS 1: it is over when the broker has said that it has it. */
async function tell(stage: DemoStage, packets: Packets, messageId: number, payload: string): Promise<void> {
  const packet: IPublishPacket = { ...publish(TEMPERATURE, payload, true), qos: 1, messageId }
  stage.says('client', `sensor: ${inWords(packet)}, QoS 1`)
  packets.send(packet)
  await packets.expect('puback')
}

async function hear(stage: DemoStage, packets: Packets, wanted: string): Promise<void> {
  const packet = await packets.expect('publish')
  if (String(packet.payload) !== wanted) throw new Error(`"${wanted}" was expected; there came "${packet.payload}"`)
  stage.says('client', `screen: ${packet.topic} is ${JSON.stringify(String(packet.payload))}`)
}

export const MQTT_DEMO: Demo = {
  name: 'mqtt',
  transport: 'TCP',
  port: 1883,
  example: (address) => `mosquitto_sub --host ${address} --topic 'room/#' --verbose`,
  serve(stage) {
    const broker = new Broker(stage)
    return opened(
      stage.server.net.createServer({ noDelay: true }, (socket) => broker.serve(socket)),
      stage,
      1883,
    )
  },
  async use(stage) {
    const sensor = await connect(stage, 'sensor', { topic: STATE, payload: Buffer.from('gone'), retain: true })
    await tell(stage, sensor.packets, 1, '21.5 °C')
    const screen = await connect(stage, 'screen')
    stage.says('client', `screen: SUBSCRIBE ${TEMPERATURE}, ${STATE}`)
    screen.packets.send({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [
        { topic: TEMPERATURE, qos: 0 },
        { topic: STATE, qos: 0 },
      ],
    })
    await screen.packets.expect('suback')
    await hear(stage, screen.packets, '21.5 °C')
    stage.explains(5, keyed('demo.retained'))
    const heard = hear(stage, screen.packets, '22.0 °C')
    await tell(stage, sensor.packets, 2, '22.0 °C')
    await heard
    stage.explains(6, keyed('demo.mqtt-length'))
    sensor.socket.destroy()
    await hear(stage, screen.packets, 'gone')
    stage.explains(5, keyed('demo.will'))
    stage.says('client', 'screen: DISCONNECT')
    screen.packets.send({ cmd: 'disconnect' })
    screen.socket.end()
    await once(screen.socket, 'close')
  },
}
