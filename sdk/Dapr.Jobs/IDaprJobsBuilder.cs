using Dapr.Common;

namespace Dapr.Jobs;

/// <summary>Continues the registration of jobs.</summary>
public interface IDaprJobsBuilder : IDaprServiceBuilder;
