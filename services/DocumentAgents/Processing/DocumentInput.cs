using Orchestration.AgentHost;

namespace DocumentAgents.Processing;

/// <summary>An uploaded document.</summary>
/// <param name="Name">Its file name; a hint at its format, never a path that is opened.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record DocumentInput(string Name, BlobReference Content);

/// <summary>An uploaded document whose type is known.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Type">What classification said it is.</param>
internal sealed record TypedDocumentInput(string Name, BlobReference Content, string Type);
