/** `check --record FILE`: what a run needs to be made again. */

import type { StopSignal } from '../../check/stop-signal.js'
import type { RunListener } from '../../check/types.js'
import { TargetRecorder } from '../../recording/recorder.js'
import type { Target } from '../../target/target.js'
import type { OutputFile } from '../files/output.js'
import { RecordingFile } from '../files/recording-file.js'
import type { TargetWrapper } from '../serial/open-target.js'
import { PACKAGE_VERSION } from '../version.js'
import { tell } from './say.js'

export interface CheckRecordingOptions {
  /** What the run is told. */
  readonly options: object
  readonly signal: StopSignal
  /** What a target is, in words. */
  readonly about: (target: Target) => string
}

/** Of one run; does nothing where no file was asked for. */
export class CheckRecording {
  /** Put around the target when it is opened; undefined where nothing is recorded. */
  readonly around: TargetWrapper | undefined
  readonly #file: OutputFile | undefined
  readonly #packed: RecordingFile | undefined
  #recorder: TargetRecorder | undefined
  #failure: unknown

  constructor(file: OutputFile | undefined, { options, signal, about }: CheckRecordingOptions) {
    this.#file = file
    if (file === undefined) return
    const packed = new RecordingFile(file)
    this.#packed = packed
    this.around = (target, programmer) => {
      const recorder = new TargetRecorder(target, {
        write: (octets) => this.#keep(() => packed.write(octets)),
        linkpulse: PACKAGE_VERSION,
        about: about(target),
        options: { ...options },
        signal,
        ...(programmer === undefined ? {} : { programmer }),
      })
      this.#recorder = recorder
      return recorder.target
    }
  }

  /** Tells the recording what is under way, and whoever else listens. */
  listener(other: RunListener = {}): RunListener {
    return {
      started: (check) => {
        this.#recorder?.place(check.id)
        other.started?.(check)
      },
      finished: (result) => other.finished?.(result),
      again: (check) => {
        this.#recorder?.place(check.id)
        other.again?.(check)
      },
    }
  }

  /** @throws UsageError when the file took no more */
  report(json: string): void {
    this.#recorder?.report(json)
    if (this.#failure !== undefined) throw this.#failure
  }

  /** What there is is whole and gets its name. @throws UsageError when the file takes no more */
  close(): void {
    if (this.#recorder?.full) {
      tell(
        `linkpulse: the recording is as long as one may be (${this.#recorder.octets} octets): its end was not kept\n`,
      )
    }
    this.#packed?.end()
    this.#file?.close()
  }

  /** The run is not ended by a disk that is full: nobody of those who write on the line could say why. */
  #keep(write: () => void): void {
    try {
      write()
    } catch (error) {
      this.#failure ??= error
    }
  }
}
