// Stand-in until Math/Activation.swift lands; delete this file with it.
public enum ActivationFunction: UInt8, Hashable, Sendable { case linear = 0, relu = 1; public var parameterCount: Int { 0 } }
public struct Activation: Hashable, Sendable { public var function: ActivationFunction; public var a: Float, b: Float, c: Float
 public init(_ f: ActivationFunction, _ a: Float = 0, _ b: Float = 0, _ c: Float = 0) { function = f; self.a=a; self.b=b; self.c=c }
 public static let linear = Activation(.linear) }
