using System.Text.Json.Serialization;

namespace Orchestration.Domain.Plans;

/// <summary>Serializers without reflection.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class TemplateJson : JsonSerializerContext;
