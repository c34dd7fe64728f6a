/**
 * The library, as it runs anywhere (Node, a browser's page, a worker): labs for tests, boards, faults, simulated targets and check runs.
 * `linkpulse/node` has all of it, and what needs Node; `linkpulse/web` a board at a browser's serial port.
 *
 *     import { createLab } from 'linkpulse'
 *     const lab = createLab({ seed: 7 })
 *     const board = lab.addBoard('uno', { address: '192.168.7.2/24' })
 *     const peer = lab.addHost({ address: '192.168.7.1/24' })
 *     lab.connect(board.port, peer.port, { length: 20 })     // metres of cable
 *     await lab.run({ until: () => board.state.matches({ on: { link: 'up' } }) })
 */
import { BOARDS } from '../boards/catalogue/catalogue.js'
import { FAULTS } from '../boards/faults/registry.js'
import { type CheckOptions, checkOpened, checkTarget } from './check/run.js'
import type { Report } from './check/types.js'
import { openTarget } from './target/open-target.js'
import type { SimulationOptions } from './target/target.js'

export { type FlashImage, parseImage } from '../boards/avr/flash-image.js'
export { ImageError } from '../boards/avr/image-error.js'
export type { LineProblem } from '../boards/avr/source/line-table.js'
export type { PlaceLack, ProgramPlace } from '../boards/avr/source/program-places.js'
export type { BoardDefinition } from '../boards/catalogue/definition.js'
export { BoardFileError, parseBoard } from '../boards/catalogue/parse.js'
export type { Cable, CableFrame } from '../boards/ethernet/cable.js'
export type { Hub, HubPortCounters } from '../boards/ethernet/hub.js'
export type { EthernetSwitch, SwitchPortCounters } from '../boards/ethernet/switch.js'
export { frameWaveform, pulseWaveform, type Waveform } from '../boards/ethernet/waveform.js'
export { receiveWaveform } from '../boards/ethernet/waveform-receiver.js'
export {
  type CableWiring,
  CROSSOVER_WIRING,
  SPLIT_PAIR_WIRING,
  STRAIGHT_WIRING,
  swapPins,
  T568A,
  T568B,
} from '../boards/ethernet/wiring.js'
export type { Bench } from '../boards/faults/bench.js'
export { createBench } from '../boards/faults/create-bench.js'
export type { Fault, FaultLayer, FaultSide, FaultValues } from '../boards/faults/fault.js'
export type { FaultParameter } from '../boards/faults/parameter.js'
export { drawFault, type SettledFault, settleFault, worstFault } from '../boards/faults/settle.js'
export type { ExtraCard, LabHost } from '../boards/lab-host.js'
export type { AddBoardOptions, AddHostOptions, LabConnectOptions, LabOptions } from '../boards/lab-settings.js'
export type { SimulatedBoard } from '../boards/model/board.js'
export { SERIAL_CABLES, type SerialCable } from '../boards/rs232/cables.js'
export { type LineCompatibility, lineCompatibility } from '../boards/rs232/compatibility.js'
export {
  CONNECTORS,
  type Connector,
  nullModemWires,
  serialCableFaults,
  straightCableWires,
} from '../boards/rs232/connectors.js'
export { framingName, parseFraming, type SerialFraming } from '../boards/rs232/framing.js'
export { MODEM_CABLES, type ModemCable, type ModemCircuit, type ModemEnd } from '../boards/rs232/modem-lines.js'
export { LineReception } from '../boards/rs232/reception.js'
export { CABLE_CAPACITANCE, LINE_STANDARDS, type LineStandard, standardRateAt } from '../boards/rs232/standards.js'
export { type UartEnd, UartLine, type UartLineOptions } from '../boards/rs232/uart-line.js'
export { SeededRandom } from '../boards/simulation/random.js'
export { Scheduler } from '../boards/simulation/scheduler.js'
export { type Clock, MICROSECOND, MILLISECOND, SECOND } from '../firmware/hal/clock.js'
export type { Random } from '../firmware/hal/random.js'
export type { SerialLine } from '../firmware/hal/serial-line.js'
export { NET_ERRORS, NetError, type NetErrorCode } from '../firmware/net/errors.js'
export { SERVICES, type Service, type ServiceName, type ServiceOptions } from '../firmware/services/service.js'
export { startService } from '../firmware/services/services.js'
export type { Endpoint, SocketAddress } from '../firmware/socket/endpoint.js'
export { BSD_OPTIONS, bsdOption, type SocketProtocol, type SocketType } from '../firmware/socket/options.js'
export type {
  DatagramInfo,
  SendToOptions,
  Socket,
  SocketReadiness,
  SocketWriteOptions,
} from '../firmware/socket/socket.js'
export { Stack, type StackOptions } from '../firmware/stack.js'
export { CableCapture, type CableCaptureOptions } from './capture/cable-capture.js'
export { PairTrace } from './capture/pair-trace.js'
export { PcapngWriter } from './capture/pcapng.js'
export { PinTrace } from './capture/pin-trace.js'
export { PortCapture, type PortCaptureOptions } from './capture/port-capture.js'
export { VcdWriter } from './capture/vcd.js'
export { listChecks } from './check/check-list.js'
export {
  type CauseDifference,
  compareReports,
  type FactDifference,
  type FigureDifference,
  type ReportDifferences,
  type VerdictDifference,
} from './check/compare/differences.js'
export { parseReport, ReportFileError } from './check/report/parse.js'
export type {
  CheckDescription,
  CheckLayer,
  CheckResult,
  Diagnosis,
  Measurement,
  Report,
  RunListener,
  Verdict,
} from './check/types.js'
export { CHECK_VIEWS, type CheckView } from './check/view.js'
export type { ChipAnswer, ChipResult, RegisterAnswer } from './chip/answer.js'
export { ChipDriver, type ChipRegisterName, openChip } from './chip/driver.js'
export { ChipPrompt, type ChipPromptOptions } from './chip/prompt.js'
export { type Look, lookOf, type Theme } from './drawing/look.js'
export { StrictError, TargetError, TimeLimitError, UsageError } from './errors/errors.js'
export { HostLab, type HostLabOptions, LabBoard, LabPeer, type LabRunOptions } from './lab.js'
export { type BuildLabOptions, BuiltLab, buildLab, type LabMember, labProblems } from './lab-file/build.js'
export { type LabCapture, startCaptures } from './lab-file/captures.js'
export { type DescribedLab, describeLab } from './lab-file/describe.js'
export { LabFileError } from './lab-file/error.js'
export { type LabSvgOptions, labSvg, labText } from './lab-file/graph-svg.js'
export { type LabEvent, type LabOutcome, type RunLabOptions, runLab } from './lab-file/run.js'
export type { LabDefinition } from './lab-file/schema.js'
export { WaitError } from './lab-time.js'
export { Pace, type PaceOptions } from './pace.js'
export { connectorSvg, rj45Svg } from './physical/connector-svg.js'
export { type OctetDrawing, type OctetOptions, octetDrawing } from './physical/line-octet.js'
export { type RecorderOptions, TargetRecorder } from './recording/recorder.js'
export { type ReplayOptions, TargetReplay } from './recording/replay.js'
export { scopeRecordingCsv } from './scope/csv.js'
export type { ScopeLevel, ScopeProbe, ScopeWindow, WantedScopeWindow } from './scope/probe.js'
export { SCOPE_PROBES } from './scope/probes.js'
export { type RecordScopeOptions, recordScope, type ScopeRecording, type ScopeTrigger } from './scope/record.js'
export { type ScopePanel, type ScopePicture, scopePictureSvg } from './scope/svg.js'
export { type ScopeView, scopeCsv, scopeFrameRows, scopeSvg } from './scope/view.js'
export { SimulationPump, sleepOnClock } from './serial/drive.js'
export type { SketchBenchOptions, SketchOptions } from './sketch/options.js'
export type { SketchButton, SketchPin } from './sketch/pin.js'
export type { SerialPattern, SketchSerial, WaitOptions } from './sketch/serial.js'
export type { LcdConnection, Sketch, SketchFinding } from './sketch/sketch.js'
export {
  createSketchLab as createLab,
  type FaultPlace,
  type Firmware,
  type SketchBench,
  SketchLab,
  type SketchLabOptions,
} from './sketch/sketch-lab.js'
export { LabSocket, type ReceivedDatagram } from './socket.js'
export type { HostLine, ModemInputs, ModemOutputs, PortModem } from './target/host-line.js'
export { openBench } from './target/simulated-target.js'
export type { SimulationOptions, Target } from './target/target.js'
export { type CheckOptions, checkTarget, openTarget }

/** The boards of the catalogue, by name. */
export const boards = BOARDS

/** What can be broken, by name: as `linkpulse faults` lists it. */
export const faults = FAULTS

/**
 * Opens a simulated board, checks it, and closes it: what `linkpulse check` does.
 * @param target `model:BOARD`, or `avr:BOARD` with an `image`
 * @throws UsageError, TargetError, TimeLimitError
 */
export async function runChecks(target: string, options: SimulationOptions & CheckOptions = {}): Promise<Report> {
  return checkOpened(await openTarget(target, options), options)
}
