import { type CapturedFrame, PcapngReader } from '../../host/capture/pcapng-reader.js'

/** What is in a capture of ours, whole. */
export function capturedFrames(capture: Uint8Array): CapturedFrame[] {
  const frames: CapturedFrame[] = []
  new PcapngReader((frame) => frames.push(frame)).take(capture)
  return frames
}
