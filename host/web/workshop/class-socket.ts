/** A browser's WebSocket, as a class needs it. */
import type { OpenSocket } from '../../workshop/class/class-runner.js'

export const openClassSocket: OpenSocket = (url, { opened, received, closed }) => {
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  socket.onopen = opened
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
    received(typeof data === 'string' ? data : new Uint8Array(data))
  socket.onclose = closed
  return {
    send(data) {
      if (socket.readyState === WebSocket.OPEN) socket.send(data as string | Uint8Array<ArrayBuffer>)
    },
    close: () => socket.close(),
    get waiting() {
      return socket.bufferedAmount
    },
  }
}
