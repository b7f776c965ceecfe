namespace Grpc.Core;

/// <summary>On a generated service class: which static method gives its methods to a <see cref="ServiceBinderBase"/>.</summary>
/// <param name="bindType">The type that has the method.</param>
/// <param name="bindMethodName">The name of the method.</param>
[AttributeUsage(AttributeTargets.Class)]
#pragma warning disable CA1813 // not sealed in the official package either
public class BindServiceMethodAttribute(Type bindType, string bindMethodName) : Attribute
#pragma warning restore CA1813
{
    /// <summary>The type that has the method.</summary>
    public Type BindType { get; } = bindType;

    /// <summary>The name of the method.</summary>
    public string BindMethodName { get; } = bindMethodName;
}
