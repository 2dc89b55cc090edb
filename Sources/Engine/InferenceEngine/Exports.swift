@_exported import GraphCompiler
@_exported import Graphs
@_exported import Tensors

// What the façade's declarations speak of, so that its users need one import.
@_exported import enum ComputeKernels.InstructionSet
@_exported import struct ComputeKernels.KernelContender
@_exported import class ComputeKernels.KernelTimings
