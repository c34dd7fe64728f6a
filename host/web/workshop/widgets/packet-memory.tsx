/** The 8 KiB of an ENC28J60 from 0000h to 1FFFh: the receive ring, what is in it, what waits to be sent, and every pointer. */
import type { MemoryPiece, MemoryPointer, ShownMemory } from '../../../workshop/stations/controller/scene.js'
import { sayIt, word } from '../language.js'
import { roomFor } from '../text-room.js'

const WIDTH = 700
const LEFT = 8
const BAR = 660
const TOP = 62
const HEIGHT = 44
const SIZE = 8192
const LABEL = 13
const LINE = 17

const xOf = (at: number) => LEFT + (at / SIZE) * BAR

/** One, or over the end of the ring two. */
function stretches(
  { from, to, kind }: MemoryPiece,
  { start, end }: ShownMemory,
): readonly (readonly [number, number])[] {
  if (to >= from || kind !== 'packet') return [[from, to]]
  return [
    [from, end],
    [start, to],
  ]
}

function Piece({ piece, memory }: { readonly piece: MemoryPiece; readonly memory: ShownMemory }) {
  const parts = stretches(piece, memory)
  return (
    <g data-thing={piece.id} class={`piece ${piece.kind} ${piece.wrong === true ? 'wrong' : ''}`}>
      <title>{sayIt(piece.told)}</title>
      {parts.map(([from, to], i) => {
        const width = Math.max(3, xOf(to + 1) - xOf(from) - 1)
        const short = piece.label.includes('#') ? piece.label.slice(piece.label.lastIndexOf('#')) : piece.label
        const text = [piece.label, short].find((each) => roomFor(each, LABEL) < width - 4)
        return (
          <g key={from}>
            <rect x={xOf(from)} y={TOP + 3} width={width} height={HEIGHT - 6} rx={3} />
            {text !== undefined && i === 0 && (
              <text x={xOf(from) + width / 2} y={TOP + HEIGHT / 2 + 5} text-anchor="middle">
                {text}
              </text>
            )}
          </g>
        )
      })}
      {piece.next !== undefined && <NextPointer from={piece.from} to={piece.next} />}
    </g>
  )
}

/** From a packet’s header to where it says that the next one begins. */
function NextPointer({ from, to }: { readonly from: number; readonly to: number }) {
  const [a, b] = [xOf(from) + 1, xOf(to) + 1]
  const rise = Math.min(46, Math.max(14, Math.abs(b - a) / 4))
  return (
    <g class="next">
      <path d={`M${a} ${TOP}C${a} ${TOP - rise} ${b} ${TOP - rise} ${b} ${TOP - 3}`} />
      <path class="head" d={`M${b} ${TOP}l-3.5 -7h7z`} />
    </g>
  )
}

/** Pointers under the bar, each on the first line that has room for its name. */
function placed(pointers: readonly MemoryPointer[]): readonly { pointer: MemoryPointer; line: number; left: number }[] {
  const ends: number[] = []
  return [...pointers]
    .sort((one, other) => one.at - other.at)
    .map((pointer) => {
      const width = roomFor(pointer.name, LABEL) + 8
      const left = Math.min(xOf(pointer.at), WIDTH - width)
      let line = ends.findIndex((end) => end <= left)
      if (line < 0) line = ends.length
      ends[line] = left + width
      return { pointer, line, left }
    })
}

export function PacketMemory({ memory, label }: { readonly memory: ShownMemory; readonly label: string }) {
  const rows = placed(memory.pointers)
  const lines = Math.max(...rows.map(({ line }) => line)) + 1
  const bottom = TOP + HEIGHT
  return (
    <svg class="packet-memory" viewBox={`0 0 ${WIDTH} ${bottom + 12 + lines * LINE + 6}`} role="img" aria-label={label}>
      <title>{label}</title>
      <rect class="cells" x={LEFT} y={TOP} width={BAR} height={HEIGHT} />
      <g data-thing="ring">
        <rect
          class="ring"
          x={xOf(memory.start)}
          y={TOP}
          width={Math.max(0, xOf(memory.end + 1) - xOf(memory.start))}
          height={HEIGHT}
        />
      </g>
      <text class="faint" x={LEFT} y={14}>
        {word('controller.stage.receive')}
      </text>
      <text class="faint" x={LEFT + BAR} y={14} text-anchor="end">
        {word('controller.stage.transmit')}
      </text>
      {memory.pieces.map((piece) => (
        <Piece key={piece.id} piece={piece} memory={memory} />
      ))}
      {rows.map(({ pointer, line, left }) => (
        <g key={pointer.id} data-thing={pointer.id} class={`pointer ${pointer.by}`}>
          <title>{sayIt(pointer.told)}</title>
          <path d={`M${xOf(pointer.at)} ${TOP - 2}V${bottom + 10 + line * LINE}`} />
          <text x={left + 3} y={bottom + 15 + line * LINE + 6}>
            {pointer.name}
          </text>
        </g>
      ))}
    </svg>
  )
}
