using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Orchestration.AgentHost.Schemas;

/// <summary>The JSON Schema of a skill's input or output.</summary>
internal sealed class SkillSchema
{
    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    private readonly JsonElement root;

    private SkillSchema(JsonNode schema)
    {
        Text = schema.ToJsonString();
        root = JsonDocument.Parse(Text).RootElement;
    }

    public string Text { get; }

    public static SkillSchema Of<T>() => new(SkillJson.Options.GetJsonSchemaAsNode(typeof(T), Exporter));

    /// <summary>Everything that is wrong with a value; empty when it fits.</summary>
    public IReadOnlyList<string> Check(JsonElement value) => new SchemaCheck(root).Check(value);

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var attributes = context.PropertyInfo?.AttributeProvider ?? context.TypeInfo.Type;
        var description = attributes.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false).OfType<DescriptionAttribute>()
            .FirstOrDefault();
        if (description is not null && schema is JsonObject properties)
        {
            properties.Insert(0, "description", description.Description);
        }

        return schema;
    }
}
