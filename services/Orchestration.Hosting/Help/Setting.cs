using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Orchestration.Hosting.Help;

/// <summary>One thing that can be set about a service.</summary>
/// <param name="Name">Environment variable.</param>
/// <param name="Meaning">What it means, in a sentence or two.</param>
/// <param name="Default">What holds when it is not set; empty means nothing.</param>
/// <param name="Range">Allowed values; empty when nothing is to be said.</param>
public sealed record Setting(string Name, string Meaning, string Default = "", string Range = "")
{
    /// <summary>Where a service finds its sidecar.</summary>
    public static IReadOnlyList<Setting> OfSidecar { get; } =
    [
        new("DAPR_GRPC_PORT", "Port of the sidecar's gRPC API on this machine; DAPR_GRPC_ENDPOINT is a whole address instead.", "50001"),
        new("DAPR_HTTP_PORT", "Port of the sidecar's HTTP API on this machine; DAPR_HTTP_ENDPOINT is a whole address instead.", "3500"),
        new("DAPR_API_TOKEN", "Token that the sidecar asks for."),
    ];

    /// <summary>
    /// What the properties of an options type say. Their meaning is in the documentation file beside the assembly, if it is there.
    /// </summary>
    /// <typeparam name="T">Has a constructor without parameters.</typeparam>
    /// <param name="section">Section of the configuration that is bound to it; empty for the root.</param>
    /// <param name="defaults">What holds when nothing is set; null for what the type itself says.</param>
    public static IEnumerable<Setting> Of<T>(string section, T? defaults = null)
        where T : class => Of(typeof(T), section.Length == 0 ? "" : section + "__", defaults);

    private static IEnumerable<Setting> Of(Type type, string prefix, object? given = null)
    {
        var meanings = Documentation.Of(type.Assembly);
        var defaults = given ?? Activator.CreateInstance(type);
        return type.GetProperties().SelectMany(property =>
        {
            var name = prefix + (property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name);
            var meaning = meanings[$"P:{type.FullName}.{property.Name}"].FirstOrDefault("");
            return ItemOf(property.PropertyType) switch
            {
                { } item when item != typeof(string) => Of(item, $"{name}__0__"),
                { } => [new Setting($"{name}__0", meaning)],
                null when property.SetMethod is not null =>
                    [new Setting(name, meaning, Text(property.GetValue(defaults)), RangeOf(property))],
                _ => [],
            };
        });
    }

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;

    private static string RangeOf(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range ? $"{Text(range.Minimum)} to {Text(range.Maximum)}" : "";

    private static string Text(object? value) =>
        value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
