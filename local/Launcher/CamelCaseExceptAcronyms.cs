using YamlDotNet.Serialization;
using YamlDotNet.Serialization.TypeInspectors;

namespace Launcher;

/// <summary>The run file's key names: the first letter is small, acronyms stay as they are (<c>daprHTTPPort</c>).</summary>
internal sealed class CamelCaseExceptAcronyms(ITypeInspector inner) : TypeInspectorSkeleton
{
    public override IEnumerable<IPropertyDescriptor> GetProperties(Type type, object? container)
        => inner.GetProperties(type, container)
            .Where(property => property.GetCustomAttribute<YamlIgnoreAttribute>() is null)
            .Select(property => new PropertyDescriptor(property) { Name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..] });

    public override string GetEnumName(Type enumType, string name) => inner.GetEnumName(enumType, name);

    public override string GetEnumValue(object enumValue) => inner.GetEnumValue(enumValue);
}
