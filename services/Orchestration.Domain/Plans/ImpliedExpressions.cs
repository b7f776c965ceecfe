using System.Buffers;
using System.Text.Json;
using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Plans;

/// <summary>Writes the expressions that a dialect implies.</summary>
internal static class ImpliedExpressions
{
    internal static string OutputOf(string stepId) => $"steps{Access(stepId)}.output";

    /// <summary>Field access, with an index for names that are no identifiers.</summary>
    internal static string Access(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !IsKeyword(name)
            ? $".{name}"
            : $"[{JsonSerializer.Serialize(name, TemplateJson.Default.String)}]";

    /// <summary>An object whose values are expressions.</summary>
    internal static Template ToTemplate(IEnumerable<(string Name, string Expression)> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (Utf8JsonWriter writer = CelJson.NewWriter(buffer))
        {
            writer.WriteStartObject();
            foreach ((string name, string expression) in members)
            {
                writer.WriteString(name, $"${{{{ {expression} }}}}");
            }

            writer.WriteEndObject();
        }

        return new Template(CelJson.Parse(buffer.WrittenSpan));
    }

    private static bool IsKeyword(string name) => name is "true" or "false" or "null" or "in";
}
