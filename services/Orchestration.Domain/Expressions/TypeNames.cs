using System.Collections.Frozen;

namespace Orchestration.Domain.Expressions;

/// <summary>The types that can be named.</summary>
internal static class TypeNames
{
    private static readonly FrozenDictionary<string, TypeValue> Types = new[]
    {
        "bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint",
        "google.protobuf.Timestamp", "google.protobuf.Duration",
    }.ToFrozenDictionary(name => name, name => new TypeValue(name));

    internal static TypeValue? Find(string name) => Types.GetValueOrDefault(name);
}
